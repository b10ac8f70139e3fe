/**
 * The first line of each file that a tag loads. With it, Chrome from 136 on compiles the whole file on a background thread:
 * https://v8.dev/blog/explicit-compile-hints. Inline scripts compile on the page's thread, so texts to paste lack it.
 */
export const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n';
