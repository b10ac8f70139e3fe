/** The id that GitHub and the site give a heading, for links to it. */
export const headingId = (text) =>
  text
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');

/** The ids of a document's headings. */
export const headingIds = (markdown) =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, text]) => headingId(text));
