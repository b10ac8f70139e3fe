// Prints time and heap of a page that decides without end, and fails when the heap grows: `npm run soak`.
import { serve } from '../scripts/serve.mjs';
import { measureGrowth } from './growth.mjs';

const server = await serve(0);
for (const { situation, rows, grew } of await measureGrowth(`http://localhost:${server.address().port}`)) {
  console.log(`\n${situation}`);
  console.table(
    rows.map(({ made, ms, heap, sent, duplicate, waiting, dropped }) => ({
      made,
      ms: Math.round(ms),
      'heap MB': Number(heap.toFixed(2)),
      sent,
      duplicate,
      waiting,
      dropped,
    })),
  );
  if (grew) {
    process.exitCode = 1;
    console.error(`the heap grew by ${grew.toFixed(2)} MB`);
  }
}
server.close();
