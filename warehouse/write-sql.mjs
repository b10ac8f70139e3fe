// Writes the SQL of each warehouse from that of DuckDB: `npm run warehouse-sql`.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from '../scripts/import-typescript.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { makeWarehouseSql } = await importTypeScript('warehouse/translate.ts');
for (const [file, text] of await makeWarehouseSql(root)) {
  const path = `${root}docs/sql/${file}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(`docs/sql/${file}`);
}
