import type { Page } from '@playwright/test';

/** The figures in a row of a score, by name. */
export type Figures = Record<string, unknown>;

export const FAULTLESS = { waiting: '0', lost: '0', rejected: '0', doubled: '0', misplaced: '0' };
export const HEALTHY = {
  decisions: '5',
  accepted: '5',
  ...FAULTLESS,
  inSession: '5 of 5',
  asProperty: '5 of 5',
};

/** The figures of a destination on the playground. */
export function figures(
  page: Page,
  side: 'bridge' | 'recipe',
  destination: 'FullStory' | 'Amplitude' = 'FullStory',
): Promise<Figures> {
  return page
    .locator(`.score[data-destination="${destination}"] [data-side="${side}"] [data-figure]`)
    .evaluateAll((cells) =>
      Object.fromEntries(cells.map((cell) => [(cell as HTMLElement).dataset.figure, cell.textContent])),
    );
}
