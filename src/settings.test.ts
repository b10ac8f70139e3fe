import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

function read(...sources: unknown[]) {
  const codes: string[] = [];
  const settings = readSettings(sources, (code) => codes.push(code));
  return { settings, codes };
}

describe('readSettings', () => {
  it('gives the documented defaults', () => {
    const { settings, codes } = read({}, undefined);
    expect(settings).toMatchObject({
      client: null,
      namespace: '',
      propertyName: '[Optimizely] {flag}',
      eventName: 'Experiment Viewed',
      flags: [],
      impressionsOnly: false,
      dedupe: 'page',
      include: [],
      eventsPerMinute: 40,
      bufferSize: 1000,
      persist: false,
      debug: false,
    });
    expect(codes).toEqual([]);
  });

  it('lets later sources win', () => {
    expect(read({ eventName: 'a', dedupe: 'none' }, { eventName: 'b' }).settings).toMatchObject({
      eventName: 'b',
      dedupe: 'none',
    });
  });

  it.each([
    ['flags', 'a, b ,c*', ['a', 'b', 'c*']],
    ['flags', '', []],
    ['flags', ['a', 'b'], ['a', 'b']],
    ['include', 'user_id,dispatched', ['user_id', 'dispatched']],
    ['include', ' user_id , experiment_id', ['user_id', 'experiment_id']],
    ['include', [], []],
    ['impressionsOnly', '', true],
    ['impressionsOnly', 'true', true],
    ['impressionsOnly', 'false', false],
    ['persist', true, true],
    ['eventsPerMinute', '12', 12],
    ['eventsPerMinute', 60, 60],
    ['bufferSize', '99999', 99_999],
    ['dedupe', 'session', 'session'],
    ['propertyName', '', ''],
    ['eventName', 'x'.repeat(250), 'x'.repeat(250)],
    ['client', 'app.client', 'app.client'],
    ['beforeSend', 'app.edit', 'app.edit'],
  ])('reads %s from %j', (name, written, value) => {
    const { settings, codes } = read({ [name]: written });
    expect(settings).toHaveProperty(name, value);
    expect(codes).toEqual([]);
  });

  it.each([
    ['client', 7],
    ['client', null],
    ['namespace', {}],
    ['propertyName', 1],
    ['eventName', 'x'.repeat(251)],
    ['eventName', ['a']],
    ['flags', {}],
    ['flags', 7],
    ['impressionsOnly', 'yes'],
    ['impressionsOnly', 1],
    ['dedupe', 'always'],
    ['dedupe', true],
    ['dedupe', 'per page'],
    ['dedupe', 'pages'],
    ['include', 'email'],
    ['include', ['user_id', 'email']],
    ['beforeSend', {}],
    ['eventsPerMinute', 0],
    ['eventsPerMinute', 61],
    ['eventsPerMinute', -1],
    ['eventsPerMinute', 1.5],
    ['eventsPerMinute', 'many'],
    ['eventsPerMinute', Number.NaN],
    ['bufferSize', 0],
    ['bufferSize', 100_000],
    ['bufferSize', -5],
    ['bufferSize', 0.5],
    ['persist', 'maybe'],
    ['debug', {}],
    ['debug', Object.create(null)],
    ['debug', Symbol('debug')],
  ])('refuses %s = %o, and the default holds', (name, written) => {
    const { settings, codes } = read({ [name]: written });
    expect(codes).toEqual([`setting-wrong:${name}`]);
    expect(settings).toEqual(read().settings);
  });

  it('tells unknown names, also those of the language', () => {
    const source = JSON.parse('{"colour":1,"__proto__":2,"constructor":3}') as object;
    expect(read(source).codes).toEqual([
      'setting-unknown:colour',
      'setting-unknown:__proto__',
      'setting-unknown:constructor',
    ]);
  });

  it('leaves the queue to the drop-in', () => {
    expect(read({ queue: [() => undefined] }).codes).toEqual([]);
  });

  it('takes undefined for not written', () => {
    expect(read({ dedupe: undefined }).codes).toEqual([]);
  });

  it('survives getters that throw', () => {
    const source = {
      get dedupe(): string {
        throw new Error('no');
      },
      eventName: 'kept',
    };
    expect(read(source)).toMatchObject({ codes: ['setting-wrong:dedupe'], settings: { eventName: 'kept' } });
  });

  it.each([['text'], [7], [null], [[]]])('takes %j for no settings', (source) => {
    expect(read(source).settings).toMatchObject({ dedupe: 'page' });
  });
});
