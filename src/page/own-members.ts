/**
 * Removes the prototype of a property's descriptor. A page may have added `value`, `writable` or `get` to
 * `Object.prototype`, and the browser would read it from there.
 */
export function ownMembersOnly<Descriptor extends PropertyDescriptor | undefined>(
  descriptor: Descriptor,
): Descriptor {
  return descriptor && Object.setPrototypeOf(descriptor, null);
}
