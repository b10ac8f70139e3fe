// Libraries that extend the language's prototypes leave enumerable methods on all of them.
for (const { prototype } of [Object, Array, String, Number, Function, Date]) {
  for (const name of ['extend', 'each', 'inspect', 'uid']) {
    prototype[name] = () => {
      throw new Error(`${name} is nothing to call`);
    };
  }
}
