// What libraries that extend the language's prototypes leave behind: enumerable methods on all of them, `toJSON` as
// Prototype.js had it until 1.6, and its own versions of methods that browsers have today.
for (const { prototype } of [Object, Array, String, Number, Function, Date]) {
  for (const name of ['extend', 'each', 'inspect', 'uid']) {
    prototype[name] = () => {
      throw new Error(`${name} is nothing to call`);
    };
  }
}
for (const { prototype } of [Array, String]) {
  prototype.toJSON = function () {
    const bare = prototype.toJSON;
    delete prototype.toJSON;
    const text = JSON.stringify(this.valueOf());
    prototype.toJSON = bare;
    return prototype === Array ? text : this.valueOf();
  };
}
