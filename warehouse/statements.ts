/** A statement of a file, and the comment before it. Neither ends with a line break. */
export interface Statement {
  readonly comment: string;
  readonly sql: string;
}

/**
 * @param text a file of SQL, in which a semicolon stands at the end of a line, and each comment before a statement.
 * @returns its statements in order.
 */
export function statementsIn(text: string): Statement[] {
  const parts = text.split(/;$/m).map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const lines = part.split('\n');
    const begins = lines.findIndex((line) => line && !line.startsWith('--'));
    const sql = lines.slice(begins).join('\n');
    if (sql.includes('--')) throw new Error(`A comment inside a statement would be lost:\n${sql}`);
    return { comment: lines.slice(0, begins).join('\n').trim(), sql };
  });
}

/** @returns the statement whose comment asks the question. */
export function answering(question: string, statements: readonly Statement[]): string {
  const asked = statements.find(({ comment }) => comment.split('\n').includes(`-- ${question}`));
  if (!asked) throw new Error(`No statement asks: ${question}`);
  return asked.sql;
}
