/**
 * The first line of each script for pages. Chrome from 136 on compiles such a file beside the page's thread, whole:
 * https://v8.dev/blog/explicit-compile-hints. Inline the page's thread would have to do that, so texts to paste lack it.
 */
export const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n';
