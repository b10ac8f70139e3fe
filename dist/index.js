// src/destinations/fullstory.ts
var SOURCE = "optimizely";
var BLOCKED_AFTER = 1e4;
var LATE = 1e3;
var IDLE = 3;
var OTHER_USER = 4;
var REFUSED = 5;
var NO_LINK = /\/opt\/upgrade/;
var LONGEST_EVENT_NAME = 250;
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
    let isOver = true;
    let sessions = 0;
    let users = 0;
    let idle = "waiting";
    let hasBeenThere = false;
    function names() {
      const found = [account, window._fs_namespace];
      try {
        document.querySelectorAll("script[data-fs-namespace]").forEach((script) => {
          found.push(script.dataset.fsNamespace);
        });
      } catch {
      }
      return found.concat("FS").filter((name) => !!name && typeof name === "string");
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
      if (!settings.namespace && !read(account)) account = names().find(read) || account;
      return read(account);
    }
    function call(operation, options) {
      const result = find()(operation, options, SOURCE);
      if (result && result.then) result.then(nothing, nothing);
      return result;
    }
    function begin(url) {
      if (isOver || latestUrl && url && url !== latestUrl) sessions++;
      isOver = false;
      latestUrl = url || latestUrl;
    }
    function hear(url, reason) {
      if (!onChange) return;
      hasFired = true;
      observedUrl = url;
      if (url !== void 0) begin(url);
      idle = reason === REFUSED ? "refused" : "waiting";
      if (reason === IDLE || reason === OTHER_USER) isOver = true;
      if (reason === OTHER_USER) users++;
      onChange();
    }
    function observe(type, callback) {
      observers.push(call("observe", { type, callback }));
    }
    function observeOnce(found) {
      const answering = found._api || found;
      if (!onChange || answering === watched) return;
      watched = answering;
      watchedSince = Date.now();
      try {
        observe("start", (detail) => hear("" + (detail && detail.sessionUrl || "")));
        observe("shutdown", (detail) => hear(void 0, detail && detail.reason));
        if (found._api) {
          found._api("observe", { type: "start", callback: nothing }, SOURCE, disconnect, (error) => {
            if (observedUrl === void 0) hear(void 0, /disabled/i.test("" + error) ? REFUSED : 0);
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
    function runningUrl(found) {
      let url;
      try {
        url = found.getCurrentSessionURL();
      } catch {
        url = observedUrl;
      }
      if (hasFired) return url || !found._api ? observedUrl : void 0;
      if (url) return "" + url;
      return hasBeenThere ? void 0 : "";
    }
    function look() {
      const found = find();
      const sight = (state, running) => Object.assign({ state, user: "" + users, namespace: account || names()[0] }, running);
      if (!found) return sight("absent");
      const stubQueue = found._api ? void 0 : found.q;
      if (!hasBeenThere && (stubQueue || found._api)) {
        hasBeenThere = true;
        if (!hasFired) isOver = true;
      }
      observeOnce(found);
      if (stubQueue) {
        const isBlocked = stubQueue.push !== [].push || Date.now() - watchedSince > BLOCKED_AFTER;
        return sight(isBlocked ? "blocked" : "loading");
      }
      const url = runningUrl(found);
      if (url === void 0) return sight(idle);
      if (!hasFired) begin(url);
      return sight("capturing", { session: "" + sessions, link: NO_LINK.test(url) ? "" : url });
    }
    return {
      name: "FullStory",
      limits: {
        events: [60, 40],
        properties: [30, 10],
        ours: { events: [settings.eventsPerMinute, 20], properties: [10, 2] },
        propertiesPerCall: 1e3,
        propertyNames: 500,
        keptFor: 864e5
      },
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
        const found = find();
        if (window.top !== window && found._api && found instanceof Function && !window._fs_is_outer_script) {
          tell("child-frame");
        }
        delete properties.uid;
        if (Object.keys(properties)[0]) call("setProperties", { type: "user", properties });
      },
      trackEvent(event, moment) {
        const { properties } = event;
        const { at } = moment;
        if (Date.now() - at > LATE) properties.decided_at = new Date(at).toISOString();
        call("trackEvent", { name: event.name.slice(0, LONGEST_EVENT_NAME), properties });
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
var consolePrefix = "[optimizely-fullstory] ";
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
function createRateLimit(limits, kind) {
  const theirs = limits[kind];
  const ours = limits.ours && limits.ours[kind];
  const most = Math.max(theirs ? theirs[0] : 0, ours ? ours[0] : 0);
  const calls = [];
  return {
    delay_(within) {
      const rate = within === "ours" && ours || theirs;
      if (!rate || within === "none") return 0;
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

// src/delivery/sign-in.ts
var HOLD = 2e3;
var DECIDED_AHEAD = 500;
function holdsFor(signIn) {
  const now = Date.now();
  return signIn <= now ? Math.max(0, signIn + HOLD - now) : 0;
}
function isOfUserBefore({ madeAt_ }, signIn) {
  return madeAt_ < signIn - DECIDED_AHEAD;
}
function isSuperseded(delivery, signIn) {
  const holder = delivery.flag_.deliveries_[0];
  return isOfUserBefore(delivery, signIn) && !isOfUserBefore(holder, signIn) && holder.madeAt_ <= signIn + HOLD;
}

// src/delivery/hand-over.ts
var TRIES = 3;
var REMEMBERED = 1e3;
function linkOf({ link, session }) {
  return link === void 0 ? session : link;
}
function createHandOver(destination, settings, memory, queue, report, shared, tell, lookWait) {
  const limits = destination.limits || {};
  const eventLimit = createRateLimit(limits, "events");
  const propertyLimit = createRateLimit(limits, "properties");
  const propertyTries = { failures_: 0, succeededBefore_: 0, retryAt_: 0 };
  let latest;
  let user;
  let signIn = 0;
  let successes = 0;
  const sharedLink = (sight) => settings.dedupe === "session" && linkOf(sight);
  const retryIn = ({ retryAt_ }) => retryAt_ - Date.now();
  function noticeSession(sight) {
    if (latest && latest.session !== sight.session) {
      if (sharedLink(sight) && sharedLink(sight) === sharedLink(latest)) shared.write_([]);
      queue.restart_(memory.renew_());
    }
    latest = sight;
  }
  function succeeds(call, tries) {
    try {
      call();
      successes++;
      tries.failures_ = tries.retryAt_ = 0;
      return true;
    } catch {
      tell(problemOf(destination.name, "throws"));
      if (!tries.failures_) tries.succeededBefore_ = successes;
      tries.retryAt_ = Date.now() + retryWait(++tries.failures_);
      return false;
    }
  }
  function handOverProperties(within, isHeld) {
    for (; ; ) {
      const changes = memory.changes_(isHeld);
      if (!changes[0]) return 0;
      const wait = Math.max(within === "ours" ? retryIn(propertyTries) : 0, propertyLimit.delay_(within));
      if (wait > 0) return wait;
      propertyLimit.spend_();
      if (!succeeds(() => destination.setProperties(Object.fromEntries(changes)), propertyTries)) {
        return retryIn(propertyTries);
      }
      changes.forEach(([, value, flag]) => {
        flag.knownValue_ = value;
      });
    }
  }
  function handOverEvents(within, isHeld, propertyWait, link) {
    let wait = 0;
    let known = link ? shared.read_() : [];
    if (known[0] !== link) known = [link];
    const knownBefore = known.length;
    queue.goThrough_((delivery) => {
      if (isSuperseded(delivery, signIn)) return "dropped";
      if (isHeld(delivery) || within === "ours" && retryIn(delivery) > 0) return "waiting";
      const event = memory.eventOf_(delivery);
      const key = decisionKey(delivery.decision_);
      const isKnown = known.indexOf(key) > 0;
      const name = event && !isKnown && event.name;
      wait = name || settings.eventName ? eventLimit.delay_(within) : propertyWait;
      if (wait) return void 0;
      if (name) {
        eventLimit.spend_();
        const track = () => destination.trackEvent(
          // A copy: the page may change or freeze what it gets.
          { name, properties: Object.assign({}, event.properties) },
          { at: delivery.decision_.at, id: key }
        );
        if (!succeeds(track, delivery)) {
          return delivery.failures_ >= TRIES && successes > delivery.succeededBefore_ ? "dropped" : "waiting";
        }
        if (link) known.push(key);
      }
      return isKnown ? "duplicate" : event ? "sent" : "ignored";
    });
    if (known.length > knownBefore) {
      known.splice(1, known.length - 1 - REMEMBERED);
      shared.write_(known);
    }
    return wait;
  }
  function dueIn() {
    let due = holdsFor(signIn) || Infinity;
    queue.deliveries_().forEach((delivery) => {
      const wait = retryIn(delivery);
      if (wait > 0) due = Math.min(due, wait);
    });
    return due;
  }
  function waitForSession(state) {
    const deliveries = queue.deliveries_();
    deliveries.forEach((delivery) => {
      if (delivery.waitsFor_ !== state) report.explain_(delivery.decision_, "waiting: it is " + state);
      delivery.waitsFor_ = state;
    });
    return deliveries[0] || state === "absent" ? lookWait() : Infinity;
  }
  return (within) => {
    const sight = destination.look();
    if (latest && sight.user !== user) signIn = Date.now();
    user = sight.user;
    if (sight.session === void 0) return waitForSession(sight.state);
    noticeSession(sight);
    const isHeld = (delivery) => within === "ours" && isOfUserBefore(delivery, signIn) && holdsFor(signIn) > 0;
    const propertyWait = handOverProperties(within, isHeld);
    const eventWait = handOverEvents(within, isHeld, propertyWait, sharedLink(sight));
    return Math.min(propertyWait || Infinity, eventWait || Infinity, dueIn());
  };
}

// src/delivery/kept-decisions.ts
function createKeptDecisions(stored) {
  const page = Math.random();
  const others = () => stored.read_().filter((kept) => !kept || kept.copyBy !== page);
  return {
    keep_(decisions, isCopy) {
      const copyBy = isCopy ? page : void 0;
      return stored.write_(others().concat(decisions.map((decision) => Object.assign({ copyBy }, decision))));
    },
    takeAll_() {
      const kept = others();
      stored.write_([]);
      return kept;
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
var SETTINGS = {
  client: [null],
  namespace: [""],
  propertyName: [DEFAULT_PROPERTY_NAME, /^$|\{flag}/],
  // FullStory takes event names of 1 to 250 characters
  // (https://developer.fullstory.com/browser/v2/capture-events/analytics-events/).
  eventName: ["Experiment Viewed", 250],
  // A `*` stands last, and no key of a flag has a slash: a regular expression does.
  flags: [[], /^([^*/]|\*(,|$))*$/],
  impressionsOnly: [false],
  dedupe: ["page", ["page", "session", "none"]],
  include: [[], ["user_id", "experiment_id", "variation_id", "dispatched"]],
  beforeSend: [unchanged],
  eventsPerMinute: [40, 60],
  bufferSize: [1e3, 99999],
  persist: [false],
  debug: [false]
};
function convert(written, fallback) {
  const isList = Array.isArray(fallback);
  const type = typeof fallback;
  const isText = typeof written === "string";
  const isSameType = isList ? Array.isArray(written) : typeof written === type && written !== null;
  if (!isText && !isSameType) return void 0;
  const text = ("" + written).trim();
  if (isList) return text.split(/\s*,\s*/).filter(Boolean);
  if (type === "number") return /^[1-9]\d*$/.test(text) ? +text : void 0;
  if (type === "boolean") return /^(true)?$/.test(text) || (text === "false" ? false : void 0);
  return isText ? text : written;
}
function isWithin(value, limit) {
  if (typeof limit === "number") return (value.length || value) <= limit;
  if (Array.isArray(limit)) return [].concat(value).every((word) => limit.includes(word));
  return !limit || limit.test("" + value);
}
function isNear(one, other, edits) {
  const oneRest = one.slice(1);
  const otherRest = other.slice(1);
  return one === other || one.charAt(0) === other.charAt(0) && isNear(oneRest, otherRest, edits) || edits > 0 && (isNear(oneRest, otherRest, edits - 1) || isNear(oneRest, other, edits - 1) || isNear(one, otherRest, edits - 1));
}
function isMisspelt(attribute, name) {
  const letters = attribute.toLowerCase().replace(/[^a-z]/g, "");
  const difference = letters.length - name.length;
  return letters.charAt(0) === name.charAt(0) && Math.abs(difference) < 2 && isNear(letters, name.toLowerCase(), 2);
}
function readSettings(sources, warn2) {
  const settings = {};
  const names = Object.keys(SETTINGS);
  names.forEach((name) => {
    settings[name] = SETTINGS[name][0];
  });
  sources.forEach((source, index) => {
    const object = source || {};
    names.forEach((name) => {
      try {
        const written = object[name];
        if (written === void 0) return;
        const value = convert(written, SETTINGS[name][0]);
        const isRight = value !== void 0 && isWithin(value, SETTINGS[name][1]);
        if (isRight || name === "flags" && value) settings[name] = value;
        if (isRight) return;
      } catch {
      }
      warn2("setting-wrong:" + name);
    });
    try {
      Object.keys(object).forEach((name) => {
        if (names.includes(name) || name === "queue") return;
        if (!index || names.some((ours) => isMisspelt(name, ours))) {
          warn2("setting-unknown:" + name);
        }
      });
    } catch {
    }
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
      if (earlier) {
        earlier.madeAt_ = decision.at;
        report.settle_(delivery, earlier.event_ === false ? "ignored" : "duplicate", decision.at);
      }
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
  function dropOldest() {
    while (queue.length > bufferSize) report.settle_(queue.shift(), "dropped", Date.now());
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
    deliveries_: () => queue,
    goThrough_(take) {
      const kept = [];
      let outcome = "waiting";
      for (let left = queue.length; left && queue[0] && outcome; left--) {
        const delivery = queue.shift();
        outcome = take(delivery);
        if (outcome && outcome !== "waiting") report.settle_(delivery, outcome, Date.now());
        else kept.push(delivery);
      }
      queue = kept.concat(queue);
      dropOldest();
    },
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
    lines.push(consolePrefix + destination + ": " + flagKey + " = " + variationKey + " \u2192 " + step);
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
      const delivery = {
        decision_: decision,
        madeAt_: decision.at,
        outcome_: "waiting",
        settledAt_: null,
        failures_: 0,
        succeededBefore_: 0,
        retryAt_: 0
      };
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
      if (outcome === "dropped") delivery.isLost_ = true;
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
function createLane(destination, bridgeSettings, beforeSend, timers, tell, readJson2) {
  const settings = Object.assign({}, bridgeSettings, destination.settings);
  const { limits = {} } = destination;
  const key = storageKey(destination, settings);
  const report = createReport(destination.name, settings.debug && timers.soon);
  const memory = createMemory(settings, destination, report, tell, beforeSend, (delivery) => {
    if (delivery) queue.add_(delivery);
    handOverSoon();
  });
  const queue = createQueue(settings.bufferSize, report);
  const handOver = createHandOver(
    destination,
    settings,
    memory,
    queue,
    report,
    createStoredList("localStorage", key, tell),
    tell,
    timers.lookWait
  );
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
    waitForLeaving(true);
    isSoon = true;
    if (isHandingOver) handOverIn(0);
    else timers.soon(runDue);
  }
  function hasMore() {
    return !!(queue.deliveries_()[0] || memory.changes_(() => false)[0]);
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
    waitForLeaving(isSoon || hasMore());
    if (isHidden && persists) kept.keep_(queue.decisions_(), true);
  }
  function waitForLeaving(isNeeded) {
    if (!isNeeded) {
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
    if (!persists || !queue.deliveries_()[0]) return;
    persists = kept.keep_(queue.decisions_());
    if (persists) queue.giveAway_();
    else handOverLast();
    waitForLeaving(hasMore());
  }
  return {
    take_: memory.take_,
    start_() {
      isStopped = false;
      stopWatching = destination.watch(handOverSoon);
      handOverSoon();
    },
    show_() {
      isHidden = isLeft = false;
      if (!settings.persist) return;
      const before = Date.now() - (limits.keptFor || Infinity);
      kept.takeAll_().forEach((json) => {
        const at = Number((json || {}).at);
        if (at > before) memory.take_(readJson2(json, "", at));
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
      if (stopWatching) stopWatching();
      stopWatching = void 0;
      handOverIn(Infinity);
      waitForLeaving(false);
    },
    status_() {
      const sight = destination.look();
      return {
        name: destination.name,
        state: sight.state,
        namespace: sight.namespace || null,
        session: linkOf(sight) || null,
        decisions: Object.assign({}, report.counts_),
        recent: report.recent_()
      };
    }
  };
}

// src/optimizely/call-after.ts
function callAfter(holder, name, after) {
  const methods = holder;
  const original = methods[name];
  if (typeof original !== "function") return () => {
  };
  const isOwn = Object.getOwnPropertyDescriptor(methods, name);
  function replacement() {
    const result = original.apply(this, arguments);
    after(result);
    return result;
  }
  methods[name] = replacement;
  if (methods[name] !== replacement) throw name;
  return () => {
    if (methods[name] !== replacement) return;
    if (isOwn) methods[name] = original;
    else delete methods[name];
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
    const context = info.userContext || info;
    const ofContext = context.getUserId ? context.getUserId() : context.userId;
    return readDecision(info, userId || info.userId || ofContext, at);
  } catch {
    return readDecision({}, "", at);
  }
}

// src/optimizely/read-impressions.ts
function readImpressions(notification, take) {
  notification.params.visitors.forEach((visitor) => {
    visitor.snapshots.forEach((snapshot) => {
      const [event] = snapshot.events;
      (snapshot.decisions || []).forEach((decision) => {
        const json = Object.assign({}, decision, decision.metadata);
        take(readJson(json, visitor.visitor_id, event.timestamp), event.uuid);
      });
    });
  });
}

// src/optimizely/readiness.ts
function createReadiness() {
  let unready = 0;
  let failure;
  return {
    await_(client) {
      unready++;
      Promise.resolve().then(() => client.onReady && client.onReady()).then((result) => {
        const answer = result;
        if (answer && answer.success === false) throw answer.reason;
        unready--;
      }).catch((error) => {
        failure = "" + (error && error.message || error);
      });
    },
    status_: (hasClients) => failure ? { state: "failed", reason: failure } : { state: unready ? "waiting" : hasClients ? "ready" : "missing" }
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
  function connect(center, isNew) {
    const since = Date.now();
    const heard = [];
    const undos = [];
    const catchesUp = !isNew && met.indexOf(center) < 0;
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
        readImpressions(notification, (decision, uuid) => {
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
        if (renewed < 1) return id;
        if (id) center.removeNotificationListener(id);
        return renewed;
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
          callAfter(center, name, () => {
            if (connections.indexOf(connection) >= 0) listen2();
          })
        );
      } catch {
      }
    });
    return connection;
  }
  return {
    listenTo_(client, isNew) {
      try {
        const center = client.notificationCenter;
        if (!connections.some((connection) => connection.center_ === center)) {
          const connection = connect(center, isNew);
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
      connections.forEach((connection) => {
        connection.listen_();
      });
    },
    leaveAll_() {
      const left = connections;
      connections = [];
      left.forEach((connection) => {
        connection.leave_();
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
    console.warn(typeof message === "string" ? consolePrefix + message : message);
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
    (source) => createLane(
      typeof source === "function" ? source(settings, tell) : source,
      settings,
      // Looked up when it is called: pages define theirs late.
      typeof beforeSend === "string" ? (event, decision) => callGlobal(beforeSend, event, decision) : beforeSend,
      timers,
      tell,
      readJson
    )
  );
  function everyLane(run) {
    lanes.forEach(run);
  }
  function take(decision, isRecovered, mayBeKnown) {
    everyLane((lane) => lane.take_(decision, isRecovered, mayBeKnown));
  }
  const listener = createDecisionListener(take);
  let undos = [];
  function isHidden() {
    return document.visibilityState === "hidden";
  }
  function hide() {
    everyLane((lane) => lane.hide_());
  }
  function show() {
    if (!isHidden()) everyLane((lane) => lane.show_());
  }
  function start() {
    if (undos[0]) return;
    undos = [
      listen(window, "pagehide", () => everyLane((lane) => lane.leave_())),
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
    everyLane((lane) => lane.start_());
  }
  show();
  start();
  const stopAttaching = attach({
    client: settings.client,
    timers,
    connect: (candidate, isNew) => !!undos[0] && listener.listenTo_(candidate, isNew),
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
        take(readJson(json, userId, Date.now()));
      });
    },
    status() {
      const statuses = lanes.map((lane) => lane.status_());
      const sdk = listener.readiness_();
      const clients = listener.count_();
      const first = statuses[0];
      const codes = problems.slice();
      statuses.forEach(({ name, state }) => {
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
        destinations: statuses,
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
      everyLane((lane) => lane.stop_());
      undos.forEach((undo) => {
        undo();
      });
      undos = [];
    }
  };
}

// src/entries/guard-destination.ts
function guardDestination(source) {
  if (typeof source === "function") return source;
  return (_settings, tell) => {
    const { name } = source;
    function attempt(run, otherwise) {
      try {
        return run() || otherwise;
      } catch {
        tell(problemOf(name, "throws"));
        return otherwise;
      }
    }
    return {
      name,
      ...source.limits && { limits: source.limits },
      ...source.settings && { settings: source.settings },
      look: () => attempt(() => source.look(), { state: "absent" }),
      watch(onChange) {
        const stop = attempt(
          () => source.watch(onChange),
          () => void 0
        );
        return () => attempt(stop, void 0);
      },
      setProperties: (properties) => source.setProperties(properties),
      trackEvent: (event, moment) => source.trackEvent(event, moment),
      flush: () => {
        var _a;
        return (_a = source.flush) == null ? void 0 : _a.call(source);
      },
      isPropertyName: (property) => {
        var _a, _b;
        return (_b = (_a = source.isPropertyName) == null ? void 0 : _a.call(source, property)) != null ? _b : true;
      }
    };
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
  const [first, ...others] = destinations.map(guardDestination);
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
