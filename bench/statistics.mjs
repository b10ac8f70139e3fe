/** The median of measurements, with the quartiles around it: the half of them that lies in the middle. */
export function spreadOf(measurements) {
  const sorted = measurements.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)];
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** A spread as a text: `52 (50–55)`. */
export function show({ median, low, high }, digits = 0) {
  const [middle, ...around] = [median, low, high].map((number) =>
    number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  return `${middle} (${around.join('–')})`;
}

/** The items in random order. */
export function shuffle(items) {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0]);
}

/**
 * Measures in rounds: in each, every party once, in random order, so a temporary slowdown of the machine affects all of
 * them.
 *
 * @param parties by name; `prepare`, which is not measured, and `run`.
 * @param count the number of repetitions in `run`.
 * @returns by name, the time of one repetition in each round, in ms, without warm-up rounds.
 */
export async function measureInRounds(parties, { rounds, warmUp, count }) {
  const times = Object.fromEntries(Object.keys(parties).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, { prepare, run }] of shuffle(Object.entries(parties))) {
      await prepare?.();
      const began = performance.now();
      run();
      const time = (performance.now() - began) / count;
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}

/** The time that one party adds to the base, as a multiple of another party's, in each round. */
export const ratios = (one, other, base) =>
  one.map((time, round) => (time - base[round]) / (other[round] - base[round]));
