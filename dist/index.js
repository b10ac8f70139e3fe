// src/destinations/fullstory.ts
var SOURCE = "optimizely";
var BLOCKED_AFTER = 1e4;
var LATE = 1e3;
var IDLE = 3;
var OTHER_USER = 4;
var REFUSED = 5;
var NO_LINK = /\/opt\/upgrade/;
var LONGEST_EVENT_NAME = 250;
var limitsFor = ({ eventsPerMinute }) => ({
  events: [60, 40],
  properties: [30, 10],
  ours: { events: [eventsPerMinute, 20], properties: [10, 2] },
  propertiesPerCall: 1e3,
  propertyNames: 500,
  keptFor: 864e5
});
function nothing() {
}
function fullstory() {
  return (settings, tell) => {
    let account = settings.namespace;
    let watched;
    let watchedSince = 0;
    let onChange;
    const observers = [];
    let hasFired = false;
    let observedUrl;
    let latestUrl;
    let isOver = false;
    let sessions = 0;
    let users = 0;
    let isRefused = false;
    let hasBeenThere = false;
    let tookAnother = false;
    function names() {
      if (settings.namespace) return [settings.namespace];
      const { _fs_namespace } = window;
      const found = [account, typeof _fs_namespace === "string" ? _fs_namespace : ""];
      try {
        document.querySelectorAll("script[data-fs-namespace]").forEach((script) => {
          found.push(script.dataset.fsNamespace || "");
        });
      } catch {
      }
      return found.concat("FS").filter(Boolean);
    }
    function read(name) {
      try {
        const found = window[name];
        return typeof found === "function" ? found : void 0;
      } catch {
        return void 0;
      }
    }
    function find() {
      const same = account && read(account);
      if (same) return same;
      const name = names().find(read);
      if (name) account = name;
      return name ? read(name) : void 0;
    }
    function call(operation, options) {
      const result = find()(operation, options, SOURCE);
      if (result && result.then) result.then(nothing, nothing);
      return result;
    }
    function begin(url) {
      if (isOver || latestUrl && url && url !== latestUrl) sessions++;
      isOver = isRefused = false;
      latestUrl = url || latestUrl;
    }
    function started(detail) {
      hasFired = true;
      tookAnother = false;
      observedUrl = "" + (detail && detail.sessionUrl || "");
      begin(observedUrl);
    }
    function stopped(detail) {
      const reason = detail && detail.reason;
      hasFired = true;
      observedUrl = void 0;
      isRefused = reason === REFUSED;
      if (reason === IDLE || reason === OTHER_USER) isOver = true;
      if (reason === OTHER_USER) users++;
    }
    function observe(global) {
      const answering = global._api || global;
      if (!onChange || answering === watched) return;
      watched = answering;
      watchedSince = Date.now();
      const notice = (detail, take) => {
        if (!onChange) return;
        take(detail);
        onChange();
      };
      try {
        observers.push(
          call("observe", {
            type: "start",
            callback: (detail) => notice(detail, started)
          }),
          call("observe", {
            type: "shutdown",
            callback: (detail) => notice(detail, stopped)
          })
        );
        if (global._api) {
          global._api("observe", { type: "start", callback: nothing }, SOURCE, disconnect, (error) => {
            if (!hasFired || observedUrl === void 0) {
              notice({ reason: /disabled/i.test("" + error) ? REFUSED : 0 }, stopped);
            }
          });
        }
      } catch {
        tell("fullstory-throws");
      }
    }
    function disconnect(observer) {
      try {
        observer.disconnect();
      } catch {
      }
    }
    function runningUrl(global) {
      if (hasFired) return observedUrl;
      try {
        const url = global.getCurrentSessionURL();
        if (url) return "" + url;
      } catch {
      }
      return hasBeenThere ? void 0 : "";
    }
    function look() {
      const global = find();
      const namespace = account || names()[0];
      if (!global) return { state: "absent", namespace };
      const isStub = !!global.q && !global._api;
      if (isStub || global._api) {
        hasBeenThere = true;
        if (tookAnother) isOver = true;
        tookAnother = false;
      }
      observe(global);
      if (isStub) {
        const isBlocked = global.q.push !== [].push || Date.now() - watchedSince > BLOCKED_AFTER;
        return { state: isBlocked ? "blocked" : "loading", namespace };
      }
      const url = runningUrl(global);
      if (url === void 0) return { state: isRefused ? "refused" : "waiting", namespace };
      if (!hasFired) {
        begin(url);
        tookAnother = !hasBeenThere;
      }
      return {
        state: "capturing",
        session: "" + sessions,
        link: NO_LINK.test(url) ? "" : url,
        user: "" + users,
        namespace
      };
    }
    return {
      name: "FullStory",
      limits: limitsFor(settings),
      look,
      watch(change) {
        onChange = change;
        look();
        return () => {
          onChange = watched = observedUrl = void 0;
          hasFired = false;
          observers.splice(0).forEach(disconnect);
        };
      },
      setProperties(properties) {
        const global = find();
        if (window.top !== window && global._api && Object.getPrototypeOf(global) === Object.getPrototypeOf(nothing) && !window._fs_is_outer_script) {
          tell("child-frame");
        }
        delete properties.uid;
        if (Object.keys(properties)[0]) call("setProperties", { type: "user", properties });
      },
      trackEvent({ name, properties }, { at }) {
        if (Date.now() - at > LATE) properties.decided_at = new Date(at).toISOString();
        call("trackEvent", { name: name.slice(0, LONGEST_EVENT_NAME), properties });
      },
      // https://developer.fullstory.com/browser/v2/custom-properties/
      isPropertyName: (name) => /^(?!uid$)[a-z][\w-]*$/i.test(name)
    };
  };
}

// src/page/listen.ts
function listen(target, type, listener) {
  const change = (method) => {
    try {
      EventTarget.prototype[method].call(target, type, listener);
    } catch {
      target[method](type, listener);
    }
  };
  change("addEventListener");
  return () => {
    change("removeEventListener");
  };
}

// src/status.ts
function problemOf(destination, problem) {
  return destination.toLowerCase() + "-" + problem;
}

// src/version.ts
var version = "0.1.0";
var packageName = "optimizely-fullstory";

// src/decision.ts
function isSameDecision(one, other) {
  return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
}
function decisionKey(decision) {
  const { userId, flagKey, variationKey, ruleKey, enabled } = decision;
  return [flagKey, variationKey, ruleKey, enabled, userId].join("\n");
}

// src/page/steady-clock.ts
function steadyNow() {
  try {
    return performance.now();
  } catch {
    return Date.now();
  }
}
function documentStart() {
  try {
    return performance.timing.domLoading || performance.timeOrigin || 0;
  } catch {
    return 0;
  }
}

// src/delivery/rate-limit.ts
function createRateLimit(theirs, ours) {
  const most = Math.max(theirs ? theirs[0] : 0, ours ? ours[0] : 0);
  const calls = [];
  return {
    delay_(rate) {
      if (!rate) return 0;
      const now = steadyNow();
      const wait = (count, span) => {
        const call = calls[count - 1];
        return call === void 0 ? 0 : call + span - now;
      };
      return Math.ceil(Math.max(0, wait(rate[0], 6e4), wait(rate[1], 1e3)));
    },
    spend_() {
      calls.unshift(steadyNow());
      calls.splice(most);
    }
  };
}

// src/delivery/retry.ts
var FIRST = 500;
var NEXT = 1e4;
var LONGEST = 3e5;
function retryWait(failures) {
  return failures > 1 ? Math.min(NEXT * 2 ** (failures - 2), LONGEST) : FIRST;
}

// src/delivery/session-list.ts
var REMEMBERED = 1e3;
function openSessionList(stored, link) {
  const before = link ? stored.read_() : [];
  const keys = before[0] === link ? before.slice(1) : [];
  let isChanged = false;
  return {
    has_: (key) => keys.indexOf(key) >= 0,
    add_(key) {
      if (!link) return;
      keys.push(key);
      isChanged = true;
    },
    close_() {
      if (isChanged) stored.write_([link].concat(keys.slice(-REMEMBERED)));
    }
  };
}

// src/delivery/sign-in.ts
var HOLD = 2e3;
var DECIDED_AHEAD = 500;
function createSignIn() {
  let at = 0;
  const isBefore = ({ decision_ }) => decision_.at < at - DECIDED_AHEAD;
  return {
    happens_() {
      at = Date.now();
    },
    // Not longer than that, also when the clock is set back.
    holdsFor_: () => at && Date.now() >= at ? Math.max(0, at + HOLD - Date.now()) : 0,
    isOfUserBefore_: isBefore,
    isSuperseded_(delivery) {
      const holder = delivery.flag_.deliveries_[0];
      return isBefore(delivery) && !isBefore(holder) && holder.decision_.at <= at + HOLD;
    }
  };
}

// src/delivery/hand-over.ts
var TRIES = 3;
function createHandOver(context) {
  const { destination, settings, memory, queue, report, tell } = context;
  const { events, properties, ours = {} } = destination.limits || {};
  const eventLimit = createRateLimit(events, ours.events);
  const propertyLimit = createRateLimit(properties, ours.properties);
  const signIn = createSignIn();
  let latest;
  let successes = 0;
  let propertyFailures = 0;
  let propertyRetryAt = 0;
  const rate = (within, theirs, share) => within === "none" ? void 0 : within === "ours" && share || theirs;
  const isHeld = (within, delivery) => within === "ours" && signIn.isOfUserBefore_(delivery) && signIn.holdsFor_() > 0;
  function sharedLink({ link, session }) {
    return settings.dedupe === "session" ? link === void 0 ? session : link : "";
  }
  function failed() {
    tell(problemOf(destination.name, "throws"));
  }
  function noticeSession(sight) {
    if (latest && latest.session !== sight.session) {
      if (sharedLink(sight) && sharedLink(sight) === sharedLink(latest)) context.shared.write_([]);
      if (latest.user !== sight.user) signIn.happens_();
      queue.restart_(memory.renew_());
    }
    latest = sight;
  }
  function handOverProperties(within) {
    for (; ; ) {
      const changes = memory.changes_((delivery) => isHeld(within, delivery));
      if (!changes[0]) return 0;
      const wait = Math.max(
        within === "ours" ? propertyRetryAt - Date.now() : 0,
        propertyLimit.delay_(rate(within, properties, ours.properties))
      );
      if (wait > 0) return wait;
      propertyLimit.spend_();
      try {
        destination.setProperties(Object.fromEntries(changes));
      } catch {
        failed();
        propertyRetryAt = Date.now() + retryWait(++propertyFailures);
        return retryWait(propertyFailures);
      }
      propertyFailures = propertyRetryAt = 0;
      successes++;
      changes.forEach(([, value, flag]) => {
        flag.knownValue_ = value;
      });
    }
  }
  function track(delivery, name, eventProperties, key) {
    eventLimit.spend_();
    try {
      destination.trackEvent(
        // A copy: the page may change or freeze what it gets.
        { name, properties: Object.assign({}, eventProperties) },
        { at: delivery.decision_.at, id: key }
      );
      successes++;
      delivery.failures_ = 0;
      return true;
    } catch {
      failed();
      if (!delivery.failures_) {
        delivery.failures_ = 0;
        delivery.succeededBefore_ = successes;
      }
      delivery.retryAt_ = Date.now() + retryWait(++delivery.failures_);
      return false;
    }
  }
  function isHopeless({ failures_ = 0, succeededBefore_ = 0 }) {
    return failures_ >= TRIES && successes > succeededBefore_;
  }
  function handOverEvents(within, propertyWait, list) {
    let wait = 0;
    queue.goThrough_((delivery) => {
      const { decision_, retryAt_ = 0 } = delivery;
      const now = Date.now();
      if (signIn.isSuperseded_(delivery)) {
        queue.drop_(delivery);
        return "done";
      }
      if (isHeld(within, delivery) || within === "ours" && retryAt_ > now) return "keep";
      const event = memory.eventOf_(delivery);
      const key = decisionKey(decision_);
      const isKnown = list.has_(key);
      const name = event && !isKnown && event.name;
      wait = name || settings.eventName ? eventLimit.delay_(rate(within, events, ours.events)) : propertyWait;
      if (wait) return "stop";
      if (name) {
        if (!track(delivery, name, event.properties, key)) {
          if (!isHopeless(delivery)) return "keep";
          queue.drop_(delivery);
          return "done";
        }
        list.add_(key);
      }
      report.settle_(delivery, isKnown ? "duplicate" : event ? "sent" : "ignored", now);
      return "done";
    });
    return wait;
  }
  function dueIn() {
    let due = signIn.holdsFor_() || Infinity;
    queue.forEach_(({ retryAt_ = 0 }) => {
      const wait = retryAt_ - Date.now();
      if (wait > 0) due = Math.min(due, wait);
    });
    return due;
  }
  return (within) => {
    const sight = destination.look();
    if (sight.session === void 0) {
      queue.forEach_((delivery) => {
        if (delivery.waitsFor_ !== sight.state) {
          report.explain_(delivery.decision_, "waiting: it is " + sight.state);
        }
        delivery.waitsFor_ = sight.state;
      });
      return queue.length_() || sight.state === "absent" ? context.lookWait() : Infinity;
    }
    noticeSession(sight);
    const list = openSessionList(context.shared, sharedLink(sight));
    const propertyWait = handOverProperties(within);
    const eventWait = handOverEvents(within, propertyWait, list);
    list.close_();
    return Math.min(propertyWait || Infinity, eventWait || Infinity, dueIn());
  };
}

// src/delivery/kept-decisions.ts
function createKeptDecisions(stored) {
  const page = Math.random();
  const others = () => stored.read_().filter((kept) => !kept || kept.copyBy !== page);
  return {
    keep_: (decisions) => stored.write_(others().concat(decisions)),
    copy_(decisions) {
      stored.write_(others().concat(decisions.map((decision) => Object.assign({ copyBy: page }, decision))));
    },
    takeAll_() {
      const all = stored.read_();
      if (all.length) stored.write_([]);
      return all.filter((kept) => !kept || kept.copyBy !== page);
    }
  };
}

// src/camel-case.ts
function camelCase(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}

// src/settings.ts
var DEFAULT_PROPERTY_NAME = "[Optimizely] {flag}";
var unchanged = (event) => event;
var ANYTHING = /^/;
var YES_OR_NO = /^(true|false|)$/;
var SETTINGS = {
  client: [null, ANYTHING],
  namespace: ["", ANYTHING],
  propertyName: [DEFAULT_PROPERTY_NAME, ANYTHING],
  // FullStory takes event names of 1 to 250 characters
  // (https://developer.fullstory.com/browser/v2/capture-events/analytics-events/).
  eventName: ["Experiment Viewed", /^.{0,250}$/],
  flags: [[], /^[^[]*$/],
  dedupe: ["page", /^(page|session|none)$/],
  include: [[], /^(((user|experiment|variation)_id|dispatched)(\s*,\s*|$))*$/],
  beforeSend: [unchanged, ANYTHING],
  eventsPerMinute: [40, /^([1-9]|[1-5]\d|60)$/],
  bufferSize: [1e3, /^[1-9]\d{0,4}$/],
  impressionsOnly: [false, YES_OR_NO],
  persist: [false, YES_OR_NO],
  debug: [false, YES_OR_NO],
  // Calls to make when the bridge runs; the drop-in takes them.
  queue: [null, ANYTHING]
};
function readValue(value, fallback, pattern) {
  const text = ("" + value).trim();
  const type = typeof fallback;
  if (value === null || typeof value !== type && typeof value !== "string" || !pattern.test(text)) {
    throw text;
  }
  if (Array.isArray(fallback)) return text.split(/\s*,\s*/).filter(Boolean);
  return type === "boolean" ? text !== "false" : type === "number" ? +text : value;
}
function readSettings(sources, warn2) {
  const settings = {};
  Object.entries(SETTINGS).forEach(([name, [fallback, pattern]]) => {
    settings[name] = fallback;
    sources.forEach((source) => {
      try {
        const written = (source || {})[name];
        if (written !== void 0) settings[name] = readValue(written, fallback, pattern);
      } catch {
        warn2("setting-wrong:" + name);
      }
    });
  });
  Object.keys(sources[0] || {}).forEach((name) => {
    if (!Object.keys(SETTINGS).includes(name))
      warn2("setting-unknown:" + name);
  });
  return settings;
}

// src/delivery/memory.ts
var REMEMBERED_FLAGS = 5e3;
var REMEMBERED_DECISIONS = 50;
function createMemory(settings, { isPropertyName, limits = {} }, report, tell, beforeSend, onChange) {
  const { propertyName, flags, dedupe } = settings;
  const byKey = /* @__PURE__ */ Object.create(null);
  const memory = [];
  function isWanted({ flagKey, dispatched }) {
    if (!flagKey) tell("decision-invalid");
    return !!flagKey && (dispatched || !settings.impressionsOnly) && (!flags[0] || flags.some(
      (flag) => flag === flagKey || flag.endsWith("*") && flagKey.startsWith(flag.slice(0, -1))
    ));
  }
  function compose(decision) {
    const properties = {};
    ["flag_key", "variation_key", "rule_key", "enabled"].concat(settings.include).forEach((name) => {
      const value = decision[camelCase(name)];
      if (value || value === false) properties[name] = value;
    });
    return { name: settings.eventName, properties };
  }
  function eventOf(delivery) {
    if (delivery.event_ === void 0) {
      const { decision_ } = delivery;
      try {
        const edited = beforeSend(compose(decision_), Object.assign({}, decision_));
        delivery.event_ = edited !== false && {
          // What is no text throws, as everything does that is no event.
          name: edited.name.substring(0),
          // A copy, because the page may go on changing its own.
          properties: Object.assign({}, edited.properties)
        };
      } catch {
        tell("before-send");
        delivery.event_ = compose(decision_);
      }
    }
    return delivery.event_;
  }
  return {
    take_(decision, isRecovered, mayBeKnown) {
      const { flagKey } = decision;
      let flag = byKey[flagKey];
      const same = flag && flag.deliveries_.find((other) => isSameDecision(other.decision_, decision));
      if (mayBeKnown && same) return;
      const delivery = report.see_(decision);
      if (isRecovered) {
        report.counts_.recovered++;
        tell("client-late");
      }
      if (!isWanted(decision)) {
        report.settle_(delivery, "ignored", decision.at);
        return;
      }
      if (!flag) {
        flag = { key_: flagKey, deliveries_: [] };
        byKey[flagKey] = flag;
        if (memory.push(flag) > REMEMBERED_FLAGS) delete byKey[memory.shift().key_];
      }
      const { deliveries_ } = flag;
      const earlier = dedupe !== "none" && same && !same.isLost_ && same;
      const latest = earlier || delivery;
      const holder = deliveries_[0];
      if (earlier) report.settle_(delivery, earlier.event_ === false ? "ignored" : "duplicate", decision.at);
      if (latest === holder) return;
      latest.flag_ = flag;
      if (same) deliveries_.splice(deliveries_.indexOf(same), 1);
      deliveries_.splice(isRecovered && holder && holder.decision_.at > decision.at ? 1 : 0, 0, latest);
      deliveries_.splice(REMEMBERED_DECISIONS);
      onChange(earlier ? void 0 : latest);
    },
    eventOf_: eventOf,
    changes_(isHeld) {
      const changes = [];
      if (propertyName && memory.length > (limits.propertyNames || Infinity)) tell("property-limit");
      memory.forEach((flag) => {
        const delivery = flag.deliveries_[0];
        const { decision_ } = delivery;
        const value = decision_.enabled ? decision_.variationKey || "on" : "off";
        if (!propertyName || flag.knownValue_ === value || isHeld(delivery)) return;
        if (beforeSend !== unchanged && !eventOf(delivery)) return;
        const name = propertyName.split("{flag}").join(flag.key_);
        if (propertyName !== DEFAULT_PROPERTY_NAME && isPropertyName && !isPropertyName(name)) {
          tell("property-name-rule");
        }
        changes.push([name, value, flag]);
      });
      return changes.slice(0, limits.propertiesPerCall);
    },
    renew_() {
      const again = [];
      memory.forEach((flag) => {
        const latest = flag.deliveries_[0];
        const isWaiting = (delivery) => delivery.outcome_ === "waiting" && !delivery.isLost_;
        if (!isWaiting(latest) && latest.event_ !== false) {
          latest.isLost_ = false;
          again.push(latest);
        }
        flag.deliveries_ = flag.deliveries_.filter((delivery) => delivery === latest || isWaiting(delivery));
        flag.knownValue_ = void 0;
      });
      return again;
    }
  };
}

// src/delivery/queue.ts
function createQueue(bufferSize, report) {
  let queue = [];
  function drop(delivery) {
    delivery.isLost_ = true;
    report.settle_(delivery, "dropped", Date.now());
  }
  function dropOldest() {
    while (queue.length > bufferSize) drop(queue.shift());
  }
  return {
    add_(delivery) {
      queue.push(delivery);
      dropOldest();
    },
    restart_(again) {
      queue = again.concat(queue.filter(({ outcome_ }) => outcome_ === "waiting"));
      dropOldest();
    },
    length_: () => queue.length,
    forEach_(run) {
      queue.forEach(run);
    },
    goThrough_(take) {
      const kept = [];
      let answer = "";
      for (let left = queue.length; left && queue[0] && answer !== "stop"; left--) {
        const delivery = queue.shift();
        answer = take(delivery);
        if (answer !== "done") kept.push(delivery);
      }
      queue = kept.concat(queue);
      dropOldest();
    },
    drop_: drop,
    decisions_() {
      const decisions = queue.map(({ decision_ }) => decision_);
      const seen = [];
      for (let index = queue.length - 1; index >= 0; index--) {
        const last = queue[index];
        const { deliveries_ } = last.flag_;
        if (seen.indexOf(deliveries_) >= 0) continue;
        seen.push(deliveries_);
        if (deliveries_[0] !== last) decisions.push(deliveries_[0].decision_);
      }
      return decisions;
    },
    giveAway_() {
      queue.forEach((delivery) => {
        delivery.isLost_ = true;
      });
      report.forgetWaiting_();
      queue = [];
    }
  };
}

// src/delivery/report.ts
var RECENT = 50;
function createReport(destination, soon) {
  const counts = {
    seen: 0,
    sent: 0,
    duplicate: 0,
    ignored: 0,
    waiting: 0,
    dropped: 0,
    recovered: 0
  };
  let latest = [];
  let lines = [];
  function print() {
    const text = lines.join("\n");
    lines = [];
    try {
      console.log(text);
    } catch {
    }
  }
  function explain({ flagKey, variationKey }, step) {
    if (!soon) return;
    if (!lines.length) soon(print);
    lines.push("[" + packageName + "] " + destination + ": " + flagKey + " = " + variationKey + " \u2192 " + step);
  }
  return {
    counts_: counts,
    recent_: () => latest.slice(-RECENT).map(({ decision_: { flagKey, variationKey, ruleKey, enabled, at }, outcome_, settledAt_ }) => ({
      flagKey,
      variationKey,
      ruleKey,
      enabled,
      at,
      outcome: outcome_,
      settledAt: settledAt_
    })),
    see_(decision) {
      const delivery = { decision_: decision, outcome_: "waiting", settledAt_: null };
      counts.seen++;
      counts.waiting++;
      latest.push(delivery);
      if (latest.length > 2 * RECENT) latest.splice(0, RECENT);
      return delivery;
    },
    settle_(delivery, outcome, at) {
      if (delivery.outcome_ === "waiting") {
        counts.waiting--;
        counts[outcome]++;
        delivery.outcome_ = outcome;
        delivery.settledAt_ = at;
      }
      explain(delivery.decision_, outcome);
    },
    forgetWaiting_() {
      counts.seen -= counts.waiting;
      counts.waiting = 0;
      latest = latest.filter(({ outcome_ }) => outcome_ !== "waiting");
    },
    explain_: explain
  };
}

// src/delivery/storage.ts
function createStoredList(area, key, tell) {
  return {
    read_() {
      try {
        const stored = JSON.parse(window[area].getItem(key));
        if (Array.isArray(stored)) return stored;
      } catch (error) {
        if (!(error instanceof SyntaxError)) tell("storage");
      }
      return [];
    },
    write_(list) {
      try {
        if (list.length) window[area].setItem(key, JSON.stringify(list));
        else window[area].removeItem(key);
        return true;
      } catch {
        tell("storage");
        return false;
      }
    }
  };
}

// src/delivery/lane.ts
function storageKey({ name }, settings) {
  const { namespace, flags, eventName, propertyName } = settings;
  return [packageName, name, namespace, flags, eventName, propertyName].join("|");
}
function createLane(destination, context) {
  const { timers, tell } = context;
  const settings = Object.assign({}, context.settings, destination.settings);
  const { limits = {} } = destination;
  const key = storageKey(destination, settings);
  const report = createReport(destination.name, settings.debug && timers.soon);
  const memory = createMemory(settings, destination, report, tell, context.beforeSend, (delivery) => {
    if (delivery) {
      queue.add_(delivery);
      waitForLeaving();
    }
    handOverSoon();
  });
  const queue = createQueue(settings.bufferSize, report);
  const handOver = createHandOver({
    destination,
    settings,
    memory,
    queue,
    report,
    shared: createStoredList("localStorage", key, tell),
    tell,
    lookWait: timers.lookWait
  });
  const kept = createKeptDecisions(createStoredList("sessionStorage", key, tell));
  let persists = settings.persist;
  let isStopped = true;
  let isSoon = false;
  let isHandingOver = false;
  let isHidden = false;
  let isLeft = false;
  let cancelTimer;
  let stopWatching;
  let stopWaitingForLeaving;
  function handOverSoon() {
    if (isSoon || isStopped) return;
    isSoon = true;
    if (isHandingOver) handOverIn(0);
    else timers.soon(runDue);
  }
  function handOverIn(ms) {
    if (cancelTimer) cancelTimer();
    cancelTimer = ms < Infinity && !isStopped ? timers.later(runDue, ms) : void 0;
  }
  function runDue() {
    if (isStopped) return;
    if (isLeft) leave();
    else run("ours");
  }
  function run(within) {
    if (isHandingOver) return;
    isSoon = false;
    isHandingOver = true;
    const wait = handOver(within);
    isHandingOver = false;
    if (!isSoon) handOverIn(wait);
    waitForLeaving();
    if (isHidden && persists) kept.copy_(queue.decisions_());
  }
  function waitForLeaving() {
    if (!queue.length_() || isStopped) {
      if (stopWaitingForLeaving) stopWaitingForLeaving();
      stopWaitingForLeaving = void 0;
    } else if (!stopWaitingForLeaving) {
      stopWaitingForLeaving = listen(window, "beforeunload", handOverLast);
    }
  }
  function handOverLast() {
    run(persists ? "theirs" : "none");
    try {
      if (destination.flush) destination.flush();
    } catch {
      tell(problemOf(destination.name, "throws"));
    }
  }
  function leave() {
    isLeft = true;
    handOverLast();
    if (!persists || !queue.length_()) return;
    persists = kept.keep_(queue.decisions_());
    if (persists) queue.giveAway_();
    else handOverLast();
    waitForLeaving();
  }
  return {
    take_: memory.take_,
    start_() {
      isStopped = false;
      if (!stopWatching) stopWatching = destination.watch(handOverSoon);
      handOverSoon();
      waitForLeaving();
    },
    show_() {
      isHidden = isLeft = false;
      if (!settings.persist) return;
      const before = Date.now() - (limits.keptFor || Infinity);
      kept.takeAll_().forEach((json) => {
        const at = Number((json || {}).at);
        if (at > before) memory.take_(context.readKept(json, at));
      });
    },
    hide_() {
      isHidden = true;
      run("theirs");
    },
    leave_: leave,
    stop_() {
      isStopped = true;
      isSoon = false;
      handOverIn(Infinity);
      if (stopWatching) stopWatching();
      stopWatching = void 0;
      waitForLeaving();
    },
    status_() {
      const { state, session, link = session, namespace } = destination.look();
      return {
        name: destination.name,
        state,
        namespace: namespace || null,
        session: link || null,
        decisions: Object.assign({}, report.counts_),
        recent: report.recent_()
      };
    }
  };
}

// src/optimizely/read-decision.ts
function textOrNull(key) {
  return typeof key === "string" && key ? key : null;
}
function readDecision(info, userId, at) {
  return {
    userId: textOrNull(userId) || "",
    flagKey: typeof info.enabled === "boolean" && textOrNull(info.flagKey) || "",
    variationKey: textOrNull(info.variationKey),
    ruleKey: textOrNull(info.ruleKey),
    enabled: info.enabled === true,
    // A decision that was kept says it in its own words.
    dispatched: info.decisionEventDispatched === true && info.dispatched !== false,
    experimentId: textOrNull(info.experimentId),
    variationId: textOrNull(info.variationId),
    at
  };
}
function readJson(json, userId, at) {
  try {
    const info = { decisionEventDispatched: true };
    Object.keys(json).forEach((name) => {
      info[camelCase(name)] = json[name];
    });
    const context = info.userContext;
    const ofContext = context && (context.getUserId ? context.getUserId() : context.userId);
    return readDecision(info, userId || info.userId || ofContext, at);
  } catch {
    return readDecision({}, "", at);
  }
}

// src/optimizely/read-impressions.ts
function readImpressions(notification) {
  return notification.params.visitors.flatMap(
    ({ visitor_id, snapshots }) => snapshots.flatMap(
      ({ decisions, events: [{ timestamp, uuid }] }) => (decisions || []).map((decision) => ({
        decision: readJson(Object.assign({}, decision, decision.metadata), visitor_id, timestamp),
        uuid
      }))
    )
  );
}

// src/optimizely/readiness.ts
function createReadiness() {
  let unready = 0;
  let failure;
  return {
    await_(client) {
      unready++;
      Promise.resolve().then(() => client.onReady && client.onReady()).then((result) => {
        const { success, reason } = result || {};
        if (success === false) failure = "" + reason;
      }).catch((error) => {
        failure = "" + (error && error.message || error);
      }).then(() => {
        unready--;
      });
    },
    status_: (hasClients) => failure ? { state: "failed", reason: failure } : { state: unready ? "waiting" : hasClients ? "ready" : "missing" }
  };
}

// src/optimizely/replace-method.ts
function replaceMethod(holder, name, make) {
  const methods = holder;
  const original = methods[name];
  if (typeof original !== "function") return () => {
  };
  const isOwn = !!Object.getOwnPropertyDescriptor(methods, name);
  const replacement = make(original);
  methods[name] = replacement;
  if (methods[name] !== replacement) throw name;
  return () => {
    if (methods[name] !== replacement) return;
    if (isOwn) methods[name] = original;
    else delete methods[name];
  };
}

// src/optimizely/listener.ts
var SETTLED = 1e3;
var OLDEST = 5e3;
var REMEMBERED_NOTIFICATIONS = 20;
var REMEMBERED_IMPRESSIONS = 500;
function createRecent(most) {
  const recent = [];
  return (thing) => {
    if (recent.indexOf(thing) >= 0) return true;
    recent.push(thing);
    if (recent.length > most) recent.shift();
    return false;
  };
}
function createDecisionListener(hear) {
  let connections = [];
  const met = [];
  const readiness = createReadiness();
  const isKnownNotification = createRecent(REMEMBERED_NOTIFICATIONS);
  const isKnownImpression = createRecent(REMEMBERED_IMPRESSIONS);
  let flagDecisions = 0;
  let legacyCalls = 0;
  function connect(center) {
    const since = Date.now();
    const heard = [];
    const undos = [];
    const catchesUp = met.indexOf(center) < 0;
    let decisionId = 0;
    let logEventId = 0;
    function hearDecision(notification) {
      const now = Date.now();
      try {
        if (connections[1] && isKnownNotification(notification)) return;
        const { type, userId, decisionInfo } = notification;
        if (now - since < SETTLED) heard.push(decisionInfo.flagKey || decisionInfo.featureKey);
        if (type === "flag") {
          flagDecisions++;
          hear(readDecision(decisionInfo, userId, now));
        } else legacyCalls++;
      } catch {
        hear(readDecision({}, "", now));
      }
    }
    function hearLogEvent(notification) {
      try {
        readImpressions(notification).forEach(({ decision, uuid }) => {
          const { at, flagKey } = decision;
          if (flagKey && at > since - OLDEST && at >= documentStart() && (at < since || at === since && heard.indexOf(flagKey) < 0) && !isKnownImpression(uuid)) {
            hear(decision, true, met.length > 1);
          }
        });
      } catch {
      }
    }
    function renew(id, type, olderEnd, hearIt) {
      try {
        let renewed = center.addNotificationListener(type, hearIt);
        if (renewed < 1) renewed = center.addNotificationListener(type + olderEnd, hearIt);
        if (renewed > 0 && id) center.removeNotificationListener(id);
        return renewed > 0 ? renewed : id;
      } catch {
        return id;
      }
    }
    function listen2() {
      decisionId = renew(decisionId, "DECISION", ":type, userId, attributes, decisionInfo", hearDecision);
      if (catchesUp) logEventId = renew(logEventId, "LOG_EVENT", ":logEvent", hearLogEvent);
    }
    listen2();
    if (decisionId < 1) return void 0;
    const connection = {
      center_: center,
      listen_: listen2,
      leave_() {
        undos.forEach((undo) => {
          undo();
        });
        try {
          center.removeNotificationListener(decisionId);
          center.removeNotificationListener(logEventId);
        } catch {
        }
      }
    };
    ["clearAllNotificationListeners", "clearNotificationListeners"].forEach((name) => {
      try {
        undos.push(
          replaceMethod(
            center,
            name,
            (clear) => function() {
              const result = clear.apply(this, arguments);
              if (connections.indexOf(connection) >= 0) listen2();
              return result;
            }
          )
        );
      } catch {
      }
    });
    return connection;
  }
  return {
    listenTo_(client) {
      try {
        const center = client.notificationCenter;
        if (!connections.some(({ center_ }) => center_ === center)) {
          const connection = connect(center);
          if (!connection) return false;
          connections.push(connection);
          met.push(center);
          readiness.await_(client);
        }
        return true;
      } catch {
        return false;
      }
    },
    count_: () => connections.length,
    readiness_: () => readiness.status_(connections.length > 0),
    hearsOnlyLegacy_: () => legacyCalls > 0 && !flagDecisions,
    rearm_() {
      connections.forEach(({ listen_ }) => {
        listen_();
      });
    },
    leaveAll_() {
      const left = connections;
      connections = [];
      left.forEach(({ leave_ }) => {
        leave_();
      });
    }
  };
}

// src/page/call-global.ts
function callGlobal(path, one, other) {
  let holder;
  let callee = window;
  path.split(".").forEach((key) => {
    holder = callee;
    callee = callee[key];
  });
  return callee.call(holder, one, other);
}

// src/page/timers.ts
var FIRST_LOOK = 250;
var LATE_LOOK = 5e3;
function outsideZone(task) {
  const { Zone } = window;
  if (Zone && Zone.root && Zone.root.run) Zone.root.run(task);
  else task();
}
function createTimers() {
  const set = setTimeout;
  const clear = clearTimeout;
  const since = Date.now();
  function later(task, ms) {
    let id;
    outsideZone(() => {
      id = set(task, ms);
    });
    return () => {
      clear(id);
    };
  }
  return {
    soon(task) {
      try {
        outsideZone(() => {
          Promise.resolve().then(task);
        });
      } catch {
        later(task, 0);
      }
    },
    later,
    lookWait: () => Math.min(LATE_LOOK, Math.max(FIRST_LOOK, (Date.now() - since) / 12))
  };
}

// src/page/warn.ts
function warn(message) {
  try {
    console.warn("[" + packageName + "]", message);
  } catch {
  }
}

// src/entries/create-bridge.ts
function createBridge(sources, destinations, attach) {
  const problems = [];
  const tell = (code) => {
    if (problems.indexOf(code) < 0) problems.push(code);
  };
  const timers = createTimers();
  const settings = readSettings(sources, tell);
  const { beforeSend } = settings;
  problems.forEach((code) => {
    warn(code);
  });
  const lanes = destinations.map(
    (source) => createLane(typeof source === "function" ? source(settings, tell) : source, {
      settings,
      // Looked up when it is called: pages define theirs late.
      beforeSend: typeof beforeSend === "string" ? (event, decision) => callGlobal(beforeSend, event, decision) : beforeSend,
      timers,
      tell,
      readKept: (json, at) => readJson(json, "", at)
    })
  );
  const listener = createDecisionListener((decision, isRecovered, mayBeKnown) => {
    lanes.forEach((lane) => {
      lane.take_(decision, isRecovered, mayBeKnown);
    });
  });
  let undos = [];
  function isHidden() {
    return document.visibilityState === "hidden";
  }
  function hide() {
    lanes.forEach((lane) => {
      lane.hide_();
    });
  }
  function leave() {
    lanes.forEach((lane) => {
      lane.leave_();
    });
  }
  function show() {
    if (isHidden()) return;
    lanes.forEach((lane) => {
      lane.show_();
    });
  }
  function start() {
    if (undos[0]) return;
    undos = [
      listen(window, "pagehide", leave),
      listen(window, "pageshow", () => {
        listener.rearm_();
        show();
      }),
      listen(document, "visibilitychange", () => {
        if (isHidden()) hide();
        else show();
      }),
      // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
      listen(document, "freeze", hide)
    ];
    lanes.forEach((lane) => {
      lane.start_();
    });
  }
  show();
  start();
  const stopAttaching = attach({
    client: settings.client,
    timers,
    connect: (candidate) => !!undos[0] && listener.listenTo_(candidate),
    tell
  });
  return {
    version,
    connect(candidate) {
      start();
      if (!listener.listenTo_(candidate)) tell("client-invalid");
      return candidate;
    },
    record(decisions, userId) {
      start();
      [].concat(decisions).forEach((json) => {
        const decision = readJson(json, userId, Date.now());
        lanes.forEach((lane) => {
          lane.take_(decision);
        });
      });
    },
    status() {
      const told = lanes.map((lane) => lane.status_());
      const sdk = listener.readiness_();
      const clients = listener.count_();
      const first = told[0];
      const codes = problems.slice();
      told.forEach(({ name, state }) => {
        if (state === "absent" || state === "blocked" || state === "refused") {
          codes.push(problemOf(name, state));
        }
      });
      if (!clients && !first.decisions.seen) codes.push("client-missing");
      if (listener.hearsOnlyLegacy_()) codes.push("legacy-calls");
      if (sdk.reason) codes.push("sdk-not-ready");
      return {
        version,
        clients,
        sdk,
        destinations: told,
        problems: codes,
        fullstory: first.state,
        namespace: first.namespace,
        session: first.session,
        decisions: first.decisions,
        recent: first.recent
      };
    },
    disconnect() {
      stopAttaching();
      listener.leaveAll_();
      lanes.forEach((lane) => {
        lane.stop_();
      });
      undos.forEach((undo) => {
        undo();
      });
      undos = [];
    }
  };
}

// src/entries/server.ts
function createServerBridge() {
  return {
    version,
    connect: (client) => client,
    record() {
    },
    status: () => ({
      version,
      clients: 0,
      sdk: { state: "missing" },
      destinations: [],
      problems: [],
      fullstory: "absent",
      namespace: null,
      session: null,
      decisions: { seen: 0, sent: 0, duplicate: 0, ignored: 0, waiting: 0, dropped: 0, recovered: 0 },
      recent: []
    }),
    disconnect() {
    }
  };
}

// src/entries/index.ts
function createBridge2(settings, destinations = [fullstory()]) {
  const [first, ...others] = destinations;
  if (typeof window === "undefined" || typeof document === "undefined" || !first) return createServerBridge();
  return createBridge([settings], [first, ...others], ({ client, connect, tell }) => {
    if (client && !connect(client)) tell("client-invalid");
    return () => {
    };
  });
}
export {
  createBridge2 as createBridge,
  fullstory
};
