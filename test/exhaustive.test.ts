import { expect, it } from 'vitest';
import { playAll, SETUPS } from './model-sequences.ts';

// Every sequence of the model's events. `npm run exhaustive` plays longer ones.
const {
  EXHAUSTIVE_LENGTH = '2',
  EXHAUSTIVE_SETUPS = Object.keys(SETUPS).join(),
  /** As `1/8`: the first of eight parts. */
  EXHAUSTIVE_PART = '1/1',
} = process.env;
const length = Number(EXHAUSTIVE_LENGTH);
const [part = 1, parts = 1] = EXHAUSTIVE_PART.split('/').map(Number);

for (const setup of EXHAUSTIVE_SETUPS.split(',')) {
  it(`keeps the contract in every sequence of up to ${length} events: ${setup}`, () => {
    const start = performance.now();
    const { sequences, faults } = playAll(setup, length, [part - 1, parts]);
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(
      `${setup}, part ${EXHAUSTIVE_PART}: ${sequences.join(' + ')} sequences, ${faults.length} faults, ${seconds} s`,
    );
    expect(faults.slice(0, 20)).toEqual([]);
  }, 3_600_000);
}
