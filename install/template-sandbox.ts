import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';

// A double of Tag Manager's sandbox and its test runner, as
// https://developers.google.com/tag-platform/tag-manager/templates/api and …/templates/permissions describe them.

/** A template's parts, by the names of their sections. */
export type Sections = Readonly<Record<string, string>>;

/** The values of a permission, by the names of its parameters. */
export type Permissions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A field of the template's form, or a group of them. */
export interface Field {
  readonly type: string;
  readonly name: string;
  readonly defaultValue?: string;
  readonly selectItems?: readonly { readonly value: string }[];
  readonly subParams?: readonly Field[];
}

/** One test of a template: its name, and code that runs after the code that all of them share. */
export interface Scenario {
  readonly name: string;
  readonly code: string;
}

type Api = (...given: never[]) => unknown;

/** A value in Tag Manager's storage format: type 1 is a text, 2 a list, 3 a map, 8 true or false. */
interface Stored {
  readonly type: 1 | 2 | 3 | 8;
  readonly string?: string;
  readonly boolean?: boolean;
  readonly listItem?: readonly Stored[];
  readonly mapKey?: readonly Stored[];
  readonly mapValue?: readonly Stored[];
}

interface StoredPermission {
  readonly instance: {
    readonly key: { readonly publicId: string };
    readonly param: readonly { readonly key: string; readonly value: Stored }[];
  };
}

/** The permission that each API needs. APIs that are not listed need none. */
const PERMISSION_OF: Readonly<Record<string, string>> = {
  callInWindow: 'access_globals',
  copyFromWindow: 'access_globals',
  injectScript: 'inject_script',
  logToConsole: 'logging',
  setInWindow: 'access_globals',
};
const FREE = ['getType', 'makeString', 'queryPermission'];

/** @returns the parts of a `template.tpl`. */
export function readTemplate(text: string): Sections {
  const [, ...parts] = text.split(/^___([A-Z_]+)___$/m);
  const sections: Record<string, string> = {};
  for (let index = 0; index < parts.length; index += 2) {
    sections[parts[index] as string] = (parts[index + 1] as string).trim();
  }
  return sections;
}

function restore({ type, string, boolean, listItem = [], mapKey = [], mapValue = [] }: Stored): unknown {
  if (type === 2) return listItem.map(restore);
  if (type === 3) {
    return Object.fromEntries(mapKey.map((key, index) => [restore(key), restore(mapValue[index] as Stored)]));
  }
  return type === 8 ? boolean : string;
}

/** @returns the permissions that a template declares. */
export function readPermissions({ WEB_PERMISSIONS = '[]' }: Sections): Permissions {
  const stored = JSON.parse(WEB_PERMISSIONS) as StoredPermission[];
  return Object.fromEntries(
    stored.map(({ instance: { key, param } }) => [
      key.publicId,
      Object.fromEntries(param.map(({ key: name, value }) => [name, restore(value)])),
    ]),
  );
}

/** @returns a template's fields, those of groups among them. */
export function readFields({ TEMPLATE_PARAMETERS = '[]' }: Sections): Field[] {
  const fields = JSON.parse(TEMPLATE_PARAMETERS) as Field[];
  return fields.flatMap((field) => field.subParams ?? [field]);
}

/** @returns the template's own tests, and the code that runs before each. */
export function readScenarios({ TESTS = '' }: Sections): { setup: string; scenarios: Scenario[] } {
  const [list = '', setup = ''] = TESTS.split(/^setup: /m);
  const scenarios = list.split(/^- name: /m).slice(1);
  return {
    setup,
    scenarios: scenarios.map((scenario) => {
      const [name = '', code = ''] = scenario.split(/\n {2}code: \|-\n/);
      return { name, code };
    }),
  };
}

/** @returns the names of the APIs that a template's code asks for. */
export function requiredApis({ SANDBOXED_JS_FOR_WEB_TEMPLATE = '' }: Sections): string[] {
  return [...SANDBOXED_JS_FOR_WEB_TEMPLATE.matchAll(/\brequire\('(\w+)'\)/g)].map(([, api]) => api as string);
}

/** @returns the permissions that these APIs need, each once. */
export function neededPermissions(apis: readonly string[]): string[] {
  return [...new Set(apis.flatMap((api) => PERMISSION_OF[api] ?? []))].sort();
}

/** Whether an address matches a pattern, as `https://*.example.com/*`. */
function matches(pattern: string, address: string): boolean {
  const [host, ...path] = pattern.replace('https://', '').split('/');
  const quote = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const expression = `^https://${quote(host as string).replace('*', '[^/]+')}/${quote(path.join('/')).replace(/\*/g, '.*')}$`;
  return new RegExp(expression).test(address);
}

/**
 * A sandbox for one run of a template.
 *
 * @param sections of the template.
 * @param apis the implementations of the APIs. A missing one returns nothing.
 */
export function createSandbox(sections: Sections, apis: Readonly<Record<string, Api>> = {}) {
  const permissions = readPermissions(sections);
  const mocked: Record<string, Api> = { ...apis };
  const calls: { api: string; given: unknown[] }[] = [];

  function isAllowed(permission: string, ...asked: unknown[]): boolean {
    const allowed = permissions[permission];
    if (!allowed) return false;
    if (permission === 'inject_script') {
      return (allowed.urls as string[]).some((pattern) => matches(pattern, String(asked[0])));
    }
    if (permission !== 'access_globals') return true;
    const [right, key] = asked as [string, string];
    const keys = allowed.keys as Record<string, unknown>[];
    return keys.some((entry) => entry.key === key && entry[right] === true);
  }

  /** @throws like Tag Manager if the permission is missing. */
  function check(api: string, given: unknown[]): void {
    const asked: Readonly<Record<string, unknown[]>> = {
      callInWindow: ['execute', given[0]],
      copyFromWindow: ['read', given[0]],
      setInWindow: ['write', given[0]],
      injectScript: [given[0]],
    };
    const permission = PERMISSION_OF[api];
    if (permission && !isAllowed(permission, ...(asked[api] ?? []))) {
      throw new Error(`${api} has no permission for ${given[0]}`);
    }
  }

  const standard: Readonly<Record<string, Api>> = { queryPermission: isAllowed as Api };

  function callable(api: string) {
    return (...given: unknown[]) => {
      check(api, given);
      calls.push({ api, given });
      const run = mocked[api] ?? standard[api];
      return run?.(...(given as never[]));
    };
  }

  function require(api: string) {
    if (!(api in PERMISSION_OF) && !FREE.includes(api)) throw new Error(`The sandbox has no ${api}`);
    return callable(api);
  }

  /** Runs the template's code with access to the sandbox only. */
  function run(data: Readonly<Record<string, unknown>>): void {
    const given = { ...data, gtmOnSuccess: callable('gtmOnSuccess'), gtmOnFailure: callable('gtmOnFailure') };
    runInNewContext(`'use strict';${sections.SANDBOXED_JS_FOR_WEB_TEMPLATE}`, { require, data: given });
  }

  /** The assertions in a scenario's code. Each throws if it fails. */
  function assertApi(api: string) {
    const made = () => calls.filter((call) => call.api === api).map(({ given }) => given);
    // A value of the sandbox has another realm's prototypes.
    const plain = (value: unknown) => JSON.stringify(value);
    const isMade = (expected: unknown[]) =>
      made().some((given) => isDeepStrictEqual(plain(given), plain(expected)));
    const expectThat = (isSo: boolean, what: string) => {
      if (!isSo) throw new Error(`${api} ${what}; its calls: ${plain(made())}`);
    };
    return {
      wasCalled: () => expectThat(made().length > 0, 'was not called'),
      wasNotCalled: () => expectThat(made().length === 0, 'was called'),
      wasCalledWith: (...given: unknown[]) =>
        expectThat(isMade(given), `was not called with ${plain(given)}`),
      wasNotCalledWith: (...given: unknown[]) =>
        expectThat(!isMade(given), `was called with ${plain(given)}`),
    };
  }

  /** Sets the behaviour or result of an API. */
  function mock(api: string, does: unknown): void {
    mocked[api] = typeof does === 'function' ? (does as Api) : () => does;
  }

  return {
    calls,
    run,
    /** Runs one of the template's own tests. */
    runScenario(setup: string, { code }: Scenario): void {
      runInNewContext(`'use strict';${setup}\n${code}`, { mock, runCode: run, assertApi });
    },
  };
}
