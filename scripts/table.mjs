/** A table in Markdown, with columns of even widths. The first column is text, the others are numbers. */
export function markdownTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const line = (row) =>
    `| ${row
      .map((cell, column) =>
        column ? String(cell).padStart(widths[column]) : String(cell).padEnd(widths[0]),
      )
      .join(' | ')} |`;
  const [header, ...others] = rows;
  const rule = widths.map((width, column) => (column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [header, rule, ...others].map(line).join('\n');
}

export const thousands = (number) => number.toLocaleString('en');
