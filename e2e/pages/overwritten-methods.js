// Prototype.js replaces the arrays' own methods: they work for its own purposes, but give the callback no third
// argument, and `reduce` is another thing altogether (until 1.6).
function collect(list, iterator, context, take) {
  const result = [];
  for (let index = 0; index < list.length; index++) {
    take(result, list[index], iterator.call(context, list[index], index));
  }
  return result;
}
Array.prototype.map = function (iterator = (value) => value, context = undefined) {
  return collect(this, iterator, context, (result, _, mapped) => result.push(mapped));
};
Array.prototype.filter = function (iterator, context) {
  return collect(this, iterator, context, (result, value, isKept) => isKept && result.push(value));
};
Array.prototype.some = function (iterator = (value) => value, context = undefined) {
  return this.filter(iterator, context).length > 0;
};
Array.prototype.every = function (iterator = (value) => value, context = undefined) {
  return this.filter(iterator, context).length === this.length;
};
Array.prototype.find = function (iterator, context) {
  return this.filter(iterator, context)[0];
};
Array.prototype.include = Array.prototype.includes = function (value) {
  return this.indexOf(value) !== -1;
};
Array.prototype.entries = function () {
  return this.slice();
};
Array.prototype.reduce = function () {
  return this.length > 1 ? this : this[0];
};
Array.from = (iterable) => {
  const result = [];
  for (let index = 0; iterable && index < iterable.length; index++) result.push(iterable[index]);
  return result;
};
