/**
 * Forbids the page the browser's storage under keys with a certain beginning, as browsers can forbid all of it. It uses nothing
 * outside itself, so a test can put it into a page.
 */
export function forbidStorage(start: string): void {
  const { getItem, setItem, removeItem } = Storage.prototype;
  const check = (name: string) => {
    if (name.startsWith(start)) throw new DOMException('The page may not use storage', 'SecurityError');
  };
  Storage.prototype.getItem = function (name) {
    check(name);
    return getItem.call(this, name);
  };
  Storage.prototype.setItem = function (name, value) {
    check(name);
    setItem.call(this, name, value);
  };
  Storage.prototype.removeItem = function (name) {
    check(name);
    removeItem.call(this, name);
  };
}
