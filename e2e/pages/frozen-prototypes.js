// A hardened page, as SES makes one with `lockdown()`: nobody may change the language any more.
for (const type of [Object, Array, Function, Promise, String, Number, Boolean, Date, RegExp, Error]) {
  Object.freeze(type);
  Object.freeze(type.prototype);
}
for (const namespace of [JSON, Math]) Object.freeze(namespace);
