/** The people who visit the shop. */
export const USERS: Record<string, { name: string; plan: string }> = {
  ada: { name: 'Ada', plan: 'free' },
  grace: { name: 'Grace', plan: 'pro' },
  linus: { name: 'Linus', plan: 'free' },
};

/** A user's id in Amplitude, which requires at least five characters. */
export const amplitudeIdOf = (user: string) => `visitor-${user}`;

/** @param user the id in Optimizely, FullStory or Amplitude. */
export const nameOf = (user: string) => USERS[user.replace(/^visitor-/, '')]?.name ?? user;

export const planOf = (user: string) => USERS[user]?.plan ?? 'free';

/** The shop's flags. The datafile has more. */
export const SHOP_FLAGS = [
  'checkout_redesign',
  'pricing_page',
  'search_ranking',
  'free_shipping_banner',
  'loyalty_points',
];
