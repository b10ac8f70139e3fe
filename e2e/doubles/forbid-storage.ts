/**
 * Forbids the page the browser's storage under one key, as browsers forbid all of it. It needs nothing from outside of
 * itself, so that a test can put it into a page.
 */
export function forbidStorage(key: string): void {
  const { getItem, setItem } = Storage.prototype;
  const check = (name: string) => {
    if (name === key) throw new DOMException('The page may not use storage', 'SecurityError');
  };
  Storage.prototype.getItem = function (name) {
    check(name);
    return getItem.call(this, name);
  };
  Storage.prototype.setItem = function (name, value) {
    check(name);
    setItem.call(this, name, value);
  };
}
