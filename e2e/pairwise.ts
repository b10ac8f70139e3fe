/** A choice for each parameter. */
export type Row<Values extends Record<string, readonly unknown[]>> = {
  [Name in keyof Values]: Values[Name][number];
};

/**
 * Rows that contain every pair of values of any two parameters: far fewer than all combinations, and enough for faults
 * that two values cause.
 */
export function pairwise<Values extends Record<string, readonly unknown[]>>(values: Values): Row<Values>[] {
  const counts = Object.values(values).map(({ length }) => length);
  const pair = (one: number, choice: number, other: number, otherChoice: number) =>
    one < other ? `${one} ${choice} ${other} ${otherChoice}` : `${other} ${otherChoice} ${one} ${choice}`;
  const missing = new Set<string>();
  counts.forEach((count, one) => {
    counts.slice(0, one).forEach((otherCount, other) => {
      for (let choice = 0; choice < count; choice++) {
        for (let otherChoice = 0; otherChoice < otherCount; otherChoice++) {
          missing.add(pair(one, choice, other, otherChoice));
        }
      }
    });
  });

  const rows: number[][] = [];
  while (missing.size) {
    // Begins with a pair that is missing, so that each row adds one at least.
    const [one = 0, choice = 0, other = 0, otherChoice = 0] = String([...missing][0])
      .split(' ')
      .map(Number);
    const row: (number | undefined)[] = counts.map(() => undefined);
    row[one] = choice;
    row[other] = otherChoice;
    counts.forEach((count, parameter) => {
      if (row[parameter] !== undefined) return;
      const gain = (candidate: number) =>
        row.filter(
          (chosen, another) =>
            chosen !== undefined && missing.has(pair(parameter, candidate, another, chosen)),
        ).length;
      const candidates = Array.from({ length: count }, (_, candidate) => candidate);
      row[parameter] = candidates.reduce((best, candidate) =>
        gain(candidate) > gain(best) ? candidate : best,
      );
    });
    row.forEach((chosen, parameter) => {
      row.slice(0, parameter).forEach((other, another) => {
        missing.delete(pair(parameter, Number(chosen), another, Number(other)));
      });
    });
    rows.push(row.map(Number));
  }
  return rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(values).map(([name, choices], index) => [name, choices[row[index] ?? 0]]),
      ) as Row<Values>,
  );
}
