/**
 * Lets a property's descriptor inherit nothing: a page may have added `value`, `writable` or `get` to `Object.prototype`,
 * and the browser would take it for the property's.
 */
export function ownMembersOnly<Descriptor extends PropertyDescriptor | undefined>(
  descriptor: Descriptor,
): Descriptor {
  return descriptor && Object.setPrototypeOf(descriptor, null);
}
