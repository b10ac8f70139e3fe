// src/page/ignore-rejection.ts
function nothing() {
}
function ignoreRejection(result) {
  try {
    if (result && result.then) result.then(nothing, nothing);
  } catch {
  }
}

// src/destinations/delays.ts
var BLOCKED_AFTER = 1e4;
var LATE = 1e3;

// src/destinations/fullstory.ts
var SOURCE = "optimizely";
var IDLE = 3;
var OTHER_USER = 4;
var REFUSED = 5;
var MOST_OBSERVERS = 20;
var NO_LINK = /\/opt\/upgrade/;
var LONGEST_EVENT_NAME = 250;
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
    function read2(name) {
      try {
        const found = window[name];
        if (typeof found === "function") return found;
      } catch {
      }
      return void 0;
    }
    function find() {
      const found = read2(account);
      if (found || settings.namespace) return found;
      const names = [];
      try {
        names.push(window._fs_namespace);
        [].forEach.call(document.scripts, (script) => {
          names.push(script.dataset.fsNamespace);
        });
      } catch {
      }
      account = names.concat("FS").find(read2) || account;
      return read2(account);
    }
    function call(operation, options) {
      const result = find()(operation, options, SOURCE);
      ignoreRejection(result);
      return result;
    }
    function begin(url) {
      if (isOver || latestUrl && url && url !== latestUrl) sessions++;
      isOver = false;
      latestUrl = url || latestUrl;
    }
    function hear(isRunning, { sessionUrl, reason }) {
      if (!onChange) return;
      hasFired = true;
      observedUrl = isRunning ? "" + (sessionUrl || "") : void 0;
      idle = reason === REFUSED ? "refused" : "waiting";
      if (reason === OTHER_USER) users++;
      if (reason === IDLE || reason === OTHER_USER) isOver = true;
      onChange();
    }
    function observe(type, isRunning) {
      const callback = (detail) => hear(isRunning, detail || {});
      observers.push(call("observe", { type, callback }));
    }
    function observeOnce(found) {
      const answering = found._api || found;
      if (!onChange || answering === watched || observers.length >= MOST_OBSERVERS) return;
      watched = answering;
      hasFired = false;
      watchedSince = Date.now();
      try {
        observe("start", true);
        observe("shutdown", false);
        if (found._api) {
          found._api("observe", { type: "start", callback: nothing }, SOURCE, disconnect, (error) => {
            if (observedUrl === void 0 && /disabled/i.test("" + error)) hear(false, { reason: REFUSED });
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
      let url = observedUrl;
      try {
        if (found.getCurrentSessionURL) url = found.getCurrentSessionURL();
      } catch {
      }
      if (hasFired && (url || !found._api)) return observedUrl;
      hasFired = false;
      if (url) return "" + url;
      return hasBeenThere ? void 0 : "";
    }
    function lookAt(found, sight) {
      const stubQueue = found._api ? void 0 : found.q;
      if (!hasBeenThere && (stubQueue || found._api)) {
        hasBeenThere = true;
        if (!hasFired) isOver = true;
      }
      observeOnce(found);
      if (stubQueue) {
        const isBlocked = stubQueue.push !== [].push || Date.now() - watchedSince > BLOCKED_AFTER;
        sight.state = isBlocked ? "blocked" : "loading";
        return;
      }
      const url = runningUrl(found);
      sight.state = idle;
      if (url === void 0) return;
      begin(url);
      sight.isPolled = !hasBeenThere;
      sight.state = "capturing";
      sight.session = sessions;
      sight.link = NO_LINK.test(url) ? "" : url;
    }
    function look() {
      const found = find();
      const sight = {
        state: "absent",
        isOver,
        user: users,
        namespace: account
      };
      try {
        if (found) lookAt(found, sight);
      } catch {
      }
      return sight;
    }
    return {
      name: "FullStory",
      // 60 and 40 events, 30 and 10 property calls, 500 names an account.
      // https://developer.fullstory.com/browser/v2/capture-events/analytics-events/
      // https://developer.fullstory.com/browser/v2/identification/set-user-properties/
      limits: {
        events: [60, 40],
        properties: [30, 10],
        ours: { events: [settings.eventsPerMinute, 20], properties: [10, 2] },
        propertyNames: 500
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

// src/decision.ts
function isSameDecision(one, other) {
  return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
}
function decisionKey(decision) {
  const { userId, flagKey, variationKey, ruleKey, enabled } = decision;
  return [flagKey, variationKey, ruleKey, enabled, userId].join("\n");
}
var KEPT = 1;
var RECORDED = 2;
var RECOVERED = 3;

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

// src/version.ts
var version = "0.1.0";
var consolePrefix = "[optimizely-fullstory]";
var packageName = "optimizely-fullstory";

// src/features.ts
var namesUsers = true;

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

// src/status.ts
function problemOf(destination, problem) {
  return destination.toLowerCase() + "-" + problem;
}

// src/delivery/rate-limit.ts
var MOST = 9999;
function createRateLimit(limits, kind) {
  const theirs = limits[kind];
  const ours = limits.ours && limits.ours[kind];
  const calls = [];
  return {
    delay_(within) {
      const rate = within === "ours" && ours || theirs;
      if (!rate || within === "none") return 0;
      const now = steadyNow();
      const wait = (call = -Infinity, span) => call + span - now;
      return Math.ceil(Math.max(0, wait(calls[rate[0] - 1], 6e4), wait(calls[rate[1] - 1], 1e3)));
    },
    spend_() {
      calls.unshift(steadyNow());
      calls.splice(MOST);
    }
  };
}

// src/delivery/sign-in.ts
var HOLD = 2e3;
var REMEMBERED_SIGN_INS = 20;
var DECIDED_AHEAD = 500;
function isToHold({ madeAt_, wasReached_ }, signIn) {
  return madeAt_ <= signIn - (wasReached_ ? 0 : DECIDED_AHEAD);
}
function isSuperseded(delivery, signIn) {
  const holder = delivery.flag_.deliveries_[0];
  const isOfOtherUser = delivery.decision_.userId !== holder.decision_.userId && delivery.madeAt_ <= signIn;
  return holder !== delivery && (isOfOtherUser || isToHold(delivery, signIn)) && holder.madeAt_ > signIn - DECIDED_AHEAD && holder.madeAt_ <= signIn + HOLD;
}

// src/delivery/hand-over.ts
var TRIES = 3;
var FIRST_RETRY = 500;
var LONGEST_RETRY = 3e5;
var PROPERTIES_PER_CALL = 1e3;
var REMEMBERED = 1e3;
function createHandOver(destination, limits, settings, memory, queue, report, shared, tell, lookWait) {
  const eventLimit = createRateLimit(limits, "events");
  const propertyLimit = createRateLimit(limits, "properties");
  const propertyTries = { failures_: 0, succeededBefore_: 0, retryAt_: 0 };
  let latest;
  let user;
  const signIns = [0];
  let holdEnd = 0;
  let successes = 0;
  let sharedLink;
  let state;
  let within;
  let due;
  function waits(ms) {
    if (ms > 0) due = Math.min(due, ms);
    return ms > 0;
  }
  function waitsForRetry({ retryAt_ }) {
    return within === "ours" && waits(retryAt_ - steadyNow());
  }
  function isHeld(delivery) {
    return within === "ours" && isToHold(delivery, signIns[0]) && waits(holdEnd - steadyNow());
  }
  function catchUpWith(now) {
    const done = [now, void 0];
    const allowed = within;
    within = "none";
    memory.changes_().forEach(([, , flag]) => {
      const { who_ } = flag.deliveries_[0];
      if (done.indexOf(who_) >= 0) return;
      done.push(who_);
      handOverProperties(
        memory.changes_((delivery) => delivery.who_ !== who_),
        who_
      );
    });
    within = allowed;
  }
  function forgetShared() {
    if (sharedLink) shared.write_([]);
    sharedLink = void 0;
  }
  function noticeSession(sight) {
    if (sight.session === void 0) return;
    const link = settings.dedupe === "session" && sight.link;
    let now;
    let isOther = latest && latest.session !== sight.session;
    if (namesUsers && destination.who) {
      now = destination.who();
      if (!latest) isOther = true;
      if (isOther || latest.user !== sight.user) {
        catchUpWith(now);
        memory.renew_(now, true);
      }
    }
    if (isOther) {
      if (link === sharedLink) forgetShared();
      queue.restart_(memory.renew_(now));
    }
    sharedLink = link;
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
      tries.retryAt_ = steadyNow() + Math.min(FIRST_RETRY * 20 ** tries.failures_++, LONGEST_RETRY);
      return false;
    }
  }
  function handOverProperties(changes, who) {
    if (!changes[0]) return true;
    if (waitsForRetry(propertyTries) || waits(propertyLimit.delay_(within))) return false;
    propertyLimit.spend_();
    const some = changes.splice(0, PROPERTIES_PER_CALL);
    const properties = /* @__PURE__ */ Object.create(null);
    some.forEach(([name, value]) => {
      properties[name] = value;
    });
    Object.setPrototypeOf(properties, Object.prototype);
    const isTaken = succeeds(() => destination.setProperties(properties, who), propertyTries);
    some.forEach(([, value, flag]) => {
      flag.knownValue_ = isTaken ? value : void 0;
    });
    waits(propertyTries.retryAt_ - steadyNow());
    return isTaken && handOverProperties(changes, who);
  }
  function dropSuperseded() {
    queue.goThrough_((delivery) => {
      const isForUser = namesUsers && delivery.who_;
      return !isForUser && signIns.some((signIn) => isSuperseded(delivery, signIn)) ? "dropped" : "waiting";
    });
  }
  function handOverEvents(arePropertiesSent) {
    const known = sharedLink ? shared.read_() : [];
    const knownBefore = known.length;
    let isFull = false;
    queue.goThrough_((delivery) => {
      const who = namesUsers ? delivery.who_ : void 0;
      const isToWait = isFull || !who && isHeld(delivery) || waitsForRetry(delivery);
      delivery.wasReached_ = true;
      if (isToWait) return "waiting";
      isFull = waits(eventLimit.delay_(within)) || !(settings.eventName || arePropertiesSent);
      if (isFull) return "waiting";
      const event = memory.eventOf_(delivery);
      const id = decisionKey(delivery.decision_);
      if (known.indexOf(id + sharedLink) >= 0) return "duplicate";
      if (!event) return "ignored";
      if (event.name) {
        eventLimit.spend_();
        const track = () => destination.trackEvent(
          event,
          namesUsers ? { at: delivery.decision_.at, id, who } : { at: delivery.decision_.at, id }
        );
        if (!succeeds(track, delivery)) {
          if (delivery.failures_ >= TRIES && successes > delivery.succeededBefore_) return "dropped";
          waits(delivery.retryAt_ - steadyNow());
          return "waiting";
        }
        if (sharedLink) known.push(id + sharedLink);
      }
      return "sent";
    });
    if (known.length > knownBefore) shared.write_(known.slice(-REMEMBERED));
  }
  return (allowed) => {
    const sight = destination.look();
    within = allowed;
    due = Infinity;
    if (latest && sight.user !== user) {
      signIns.unshift(Date.now());
      signIns.splice(REMEMBERED_SIGN_INS);
      holdEnd = steadyNow() + HOLD;
    }
    user = sight.user;
    if (state !== sight.state) report.explain_("it is " + sight.state);
    state = sight.state;
    const hasSession = sight.session !== void 0;
    if (sight.isOver) forgetShared();
    noticeSession(sight);
    if (signIns[0]) dropSuperseded();
    if (hasSession) {
      const arePropertiesSent = handOverProperties(memory.changes_(isHeld));
      if (namesUsers) noticeSession(destination.look());
      handOverEvents(arePropertiesSent);
    }
    if (sight.isPolled || !hasSession) waits(lookWait());
    return due;
  };
}

// src/delivery/kept-decisions.ts
function createKeptDecisions(stored) {
  const page = Math.random();
  const others = () => stored.read_().filter((kept) => kept && kept.copyBy !== page);
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

// src/page/global-path.ts
function follow(value, keys) {
  keys.forEach((key) => {
    value = value && value[key];
  });
  return value;
}
function callGlobal(path, one, other) {
  const keys = path.split(".");
  const method = keys.pop();
  return follow(window, keys)[method](one, other);
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
  // A `*` stands last. No flag key contains a slash, as a regular expression does, or a semicolon, as another kind of list does.
  flags: [[], /^([^*/;]|\*(,|$))*$/],
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
  const isSameType = isList ? Array.isArray(written) : typeof written === type;
  if (!isText && !isSameType) return void 0;
  const text = ("" + written).trim();
  const isWhole = isText || text.length >= written.length;
  if (isList) return (isWhole ? text : "/").split(/\s*,\s*/).filter(Boolean);
  if (type === "number") return /^[1-9]\d*$/.test(text) ? +text : void 0;
  if (type === "boolean") return /^(true)?$/.test(text) || (text === "false" ? false : void 0);
  return isText ? text : written;
}
function isWithin(value, limit) {
  if (typeof limit === "number") return (value.length || value) <= limit;
  if (Array.isArray(limit)) return [].concat(value).every((word) => limit.includes(word));
  return !limit || limit.test("" + value);
}
function lettersLeft(text, other) {
  other.split("").forEach((letter) => {
    text = text.replace(letter, "");
  });
  return text.length;
}
function isMisspelt(attribute, name) {
  const letters = attribute.toLowerCase().replace(/[^a-z]/g, "");
  const ours = name.toLowerCase();
  const more = lettersLeft(letters, ours);
  const fewer = lettersLeft(ours, letters);
  return letters[0] === ours[0] && more < 3 && fewer < 3 && Math.abs(more - fewer) < 2;
}
function readSettings(sources, warn) {
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
      warn("setting-wrong:" + name);
    });
    try {
      Object.keys(object).forEach((name) => {
        if (names.includes(name) || name === "queue" || name === "connect") return;
        if (!index || names.some((ours) => isMisspelt(name, ours))) {
          warn("setting-unknown:" + name);
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
function copyOf(event) {
  return { name: event.name.substring(0), properties: Object.assign({}, event.properties) };
}
function createMemory(settings, destination, limits, report, tell, onChange) {
  const { propertyName, flags, dedupe, beforeSend } = settings;
  const byKey = /* @__PURE__ */ Object.create(null);
  const memory = [];
  const nameParts = propertyName.split("{flag}");
  const names = ["flag_key", "variation_key", "rule_key", "enabled"].concat(settings.include);
  let members;
  function isWanted({ flagKey, dispatched }) {
    if (!flagKey) {
      tell("decision-invalid");
      return false;
    }
    return (dispatched || !settings.impressionsOnly) && (!flags[0] || flags.some(
      (flag) => flag === flagKey || flag.endsWith("*") && flagKey.startsWith(flag.slice(0, -1))
    ));
  }
  function compose(decision) {
    const properties = {};
    members = members || names.map(camelCase);
    members.forEach((member, index) => {
      const value = decision[member];
      if (value || value === false) properties[names[index]] = value;
    });
    return { name: settings.eventName, properties };
  }
  function eventOf(delivery) {
    const { decision_ } = delivery;
    if (beforeSend === unchanged) return compose(decision_);
    if (delivery.event_ === void 0) {
      try {
        const event = compose(decision_);
        const copy = Object.assign({}, decision_);
        const edited = typeof beforeSend === "string" ? callGlobal(beforeSend, event, copy) : beforeSend(event, copy);
        ignoreRejection(edited);
        delivery.event_ = edited !== false && copyOf(edited);
      } catch {
        tell("before-send");
        delivery.event_ = compose(decision_);
      }
    }
    return delivery.event_ && copyOf(delivery.event_);
  }
  return {
    take_(decision, origin, mayBeKnown, kept) {
      const { flagKey } = decision;
      let flag = byKey[flagKey];
      const deliveries = flag ? flag.deliveries_ : [void 0];
      let place = 0;
      while (deliveries[place] && !isSameDecision(deliveries[place].decision_, decision)) {
        place++;
      }
      const same = deliveries[place];
      if (mayBeKnown && same) return void 0;
      const at = kept && Number(kept.madeAt) || decision.at;
      if (origin === RECOVERED) {
        report.counts_.recovered++;
        tell("client-late");
      }
      if (!isWanted(decision)) {
        report.settle_(report.see_(decision), "ignored");
        return void 0;
      }
      const earlier = dedupe !== "none" && same && !same.isLost_ && same;
      if (earlier) report.seeRepeat_(decision, earlier.event_ === false ? "ignored" : "duplicate");
      if (!flag) {
        flag = { key_: flagKey, deliveries_: deliveries };
        byKey[flagKey] = flag;
        if (memory.push(flag) > REMEMBERED_FLAGS) delete byKey[memory.shift().key_];
      }
      const delivery = earlier || report.see_(decision, flag);
      delivery.madeAt_ = Math.max(at, (same || delivery).madeAt_);
      const holder = deliveries[0];
      if (delivery !== holder) {
        if (namesUsers && destination.who && !earlier)
          delivery.who_ = kept && kept.who || destination.who();
        if (kept) delivery.wasReached_ = true;
        const first = origin && holder && holder.madeAt_ > at ? 1 : 0;
        for (; place > first; place--) deliveries[place] = deliveries[place - 1];
        deliveries[place] = delivery;
        if (deliveries.length > REMEMBERED_DECISIONS) deliveries.pop();
        onChange(earlier ? void 0 : delivery, origin);
      }
      return beforeSend === unchanged && dedupe !== "session";
    },
    eventOf_: eventOf,
    changes_(isHeld) {
      const changes = [];
      if (propertyName && memory.length > (limits.propertyNames || Infinity)) tell("property-limit");
      memory.forEach((flag) => {
        const delivery = flag.deliveries_[0];
        const { decision_ } = delivery;
        const value = decision_.enabled ? decision_.variationKey || "on" : "off";
        if (!propertyName || flag.knownValue_ === value || isHeld && isHeld(delivery)) return;
        if (beforeSend !== unchanged && !eventOf(delivery)) return;
        const name = nameParts.join(flag.key_);
        if (propertyName !== DEFAULT_PROPERTY_NAME && destination.isPropertyName && !destination.isPropertyName(name)) {
          tell("property-name-rule");
        }
        changes.push([name, value, flag]);
      });
      return changes;
    },
    renew_(now, isSame) {
      const again = [];
      memory.forEach((flag) => {
        flag.knownValue_ = void 0;
        if (namesUsers && isSame) return;
        let latest = flag.deliveries_[0];
        if (namesUsers && latest.who_ && latest.who_ !== now) {
          latest = Object.assign({}, latest, { outcome_: "sent", madeAt_: 0 });
          flag.deliveries_[0] = latest;
        }
        if (latest.outcome_ !== "waiting" && latest.event_ !== false) {
          latest.isLost_ = false;
          if (namesUsers) latest.who_ = void 0;
          again.push(latest);
        }
        flag.deliveries_.forEach((delivery) => {
          if (delivery !== latest && delivery.outcome_ !== "waiting") delivery.isLost_ = true;
        });
      });
      return again;
    }
  };
}

// src/delivery/queue.ts
function toKeep({ decision_, madeAt_, who_ }) {
  return Object.assign({ madeAt: madeAt_, who: who_ }, decision_);
}
function createQueue(bufferSize, report) {
  let queue = [];
  function dropOldest() {
    while (queue.length > bufferSize) report.settle_(queue.shift(), "dropped");
  }
  return {
    add_(delivery, origin) {
      let place = queue.length;
      for (; origin && place && queue[place - 1].decision_.at > delivery.decision_.at; place--) {
        queue[place] = queue[place - 1];
      }
      queue[place] = delivery;
      dropOldest();
    },
    restart_(again) {
      queue = again.concat(queue.filter(({ outcome_ }) => outcome_ === "waiting"));
      dropOldest();
    },
    deliveries_: () => queue,
    goThrough_(take) {
      const kept = [];
      for (let left = queue.length; left && queue[0]; left--) {
        const delivery = queue.shift();
        const outcome = take(delivery);
        if (outcome !== "waiting") report.settle_(delivery, outcome);
        else kept.push(delivery);
      }
      queue = kept.concat(queue);
      dropOldest();
    },
    decisions_() {
      const decisions = queue.map(toKeep);
      const seen = [];
      for (let index = queue.length - 1; index >= 0; index--) {
        const last = queue[index];
        const { deliveries_ } = last.flag_;
        if (seen.indexOf(deliveries_) >= 0) continue;
        seen.push(deliveries_);
        const current = deliveries_[0];
        if (!isSameDecision(current.decision_, last.decision_)) decisions.push(toKeep(current));
      }
      return decisions;
    },
    giveAway_() {
      queue.splice(0).forEach(report.forget_);
    }
  };
}

// src/page/console.ts
function write(method, message) {
  try {
    console[method](consolePrefix, message);
  } catch {
  }
}

// src/delivery/report.ts
var RECENT = 50;
function createReport(destination, isDebug) {
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
  function explain(step) {
    if (isDebug) write("log", destination + ": " + step);
  }
  function explainDecision({ flagKey, variationKey }, outcome) {
    if (isDebug) explain(flagKey + " = " + variationKey + ": " + outcome);
  }
  return {
    counts_: counts,
    recent_: () => latest.slice(-RECENT).map(({ decision_, outcome_, settledAt_ }) => {
      const recent = Object.assign(
        { outcome: outcome_, settledAt: settledAt_ },
        decision_
      );
      delete recent.userId;
      return recent;
    }),
    see_(decision, flag) {
      const delivery = {
        decision_: decision,
        flag_: flag,
        madeAt_: decision.at,
        outcome_: "waiting",
        settledAt_: null,
        failures_: 0,
        succeededBefore_: 0,
        retryAt_: 0
      };
      counts.seen++;
      counts.waiting++;
      if (latest.push(delivery) > 2 * RECENT) latest = latest.slice(-RECENT);
      return delivery;
    },
    seeRepeat_(decision, outcome) {
      counts.seen++;
      counts[outcome]++;
      explainDecision(decision, outcome);
    },
    settle_(delivery, outcome) {
      if (delivery.outcome_ === "waiting") {
        counts.waiting--;
        counts[outcome]++;
        delivery.outcome_ = outcome;
        delivery.settledAt_ = Date.now();
      }
      if (outcome === "dropped") delivery.isLost_ = true;
      explainDecision(delivery.decision_, outcome);
    },
    forget_(delivery) {
      delivery.isLost_ = true;
      if (delivery.outcome_ !== "waiting") return;
      counts.seen--;
      counts.waiting--;
      delivery.outcome_ = "sent";
      latest = latest.filter((other) => other !== delivery);
    },
    explain_: explain
  };
}

// src/delivery/storage.ts
function createStoredList(area, key, tell) {
  return {
    read_() {
      try {
        let stored = JSON.parse(window[area].getItem(key));
        if (typeof stored === "string") stored = JSON.parse(stored);
        if (Array.isArray(stored)) return stored;
      } catch {
      }
      return [];
    },
    write_(list) {
      try {
        const text = JSON.stringify(list);
        const storage = window[area];
        storage.setItem(key, text);
        if (storage.getItem(key) === text) {
          if (!list.length) storage.removeItem(key);
          return true;
        }
      } catch {
      }
      tell("storage");
      return false;
    }
  };
}

// src/delivery/lane.ts
var KEPT_FOR = 864e5;
function storageKey({ name }, settings) {
  const { namespace, flags, eventName, propertyName } = settings;
  return [packageName, name, namespace, flags, eventName, propertyName].join("|");
}
function createLane(destination, bridgeSettings, timers, tell, readJson2) {
  const settings = Object.assign({}, bridgeSettings, destination.settings);
  const limits = destination.limits || {};
  const key = storageKey(destination, settings);
  const report = createReport(destination.name, settings.debug);
  const memory = createMemory(settings, destination, limits, report, tell, (delivery, origin) => {
    if (delivery) queue.add_(delivery, origin);
    waitForLeaving(true);
    handOverSoon();
  });
  const queue = createQueue(settings.bufferSize, report);
  const handOver = createHandOver(
    destination,
    limits,
    settings,
    memory,
    queue,
    report,
    createStoredList("localStorage", key, tell),
    tell,
    timers.lookWait_
  );
  const kept = createKeptDecisions(createStoredList("sessionStorage", key, tell));
  let persists = settings.persist;
  let isSoon = false;
  let isHandingOver = false;
  let isHidden = false;
  let isLeft = false;
  let takesKept = settings.persist;
  let cancelTimer;
  let undos = [];
  let stopWaitingForLeaving;
  function handOverSoon() {
    if (isSoon || !undos[0]) return;
    isSoon = true;
    if (!isHandingOver) timers.soon_(runDue);
  }
  function handOverIn(ms) {
    if (cancelTimer) cancelTimer();
    cancelTimer = ms < Infinity && undos[0] ? timers.later_(runDue, ms) : void 0;
  }
  function runDue() {
    if (!undos[0]) return;
    if (isLeft) leave();
    else run("ours");
  }
  function run(within = persists ? "theirs" : "none") {
    if (isHandingOver) return;
    isSoon = false;
    isHandingOver = true;
    const wait = handOver(within);
    isHandingOver = false;
    handOverIn(isSoon ? 0 : wait);
    isSoon = false;
    waitForLeaving(queue.deliveries_()[0] || memory.changes_()[0]);
    if (isHidden && persists) kept.keep_(queue.decisions_(), true);
  }
  function waitForLeaving(isNeeded) {
    if (!isNeeded || !undos[0]) {
      if (stopWaitingForLeaving) stopWaitingForLeaving();
      stopWaitingForLeaving = void 0;
    } else if (!stopWaitingForLeaving) {
      stopWaitingForLeaving = listen(window, "beforeunload", () => run());
    }
  }
  function handOverLast(within) {
    run(within);
    if (destination.flush) destination.flush();
  }
  function leave() {
    isLeft = true;
    takesKept = settings.persist;
    handOverLast();
    if (!persists || !queue.deliveries_()[0]) return;
    persists = kept.keep_(queue.decisions_());
    if (!persists) handOverLast();
    else {
      queue.giveAway_();
      waitForLeaving(false);
    }
  }
  function hide() {
    isHidden = true;
    handOverLast("theirs");
  }
  function show() {
    const isBack = isLeft;
    isLeft = false;
    isHidden = document.hidden === true;
    if (isHidden && !isBack) return;
    if (takesKept) {
      takesKept = false;
      kept.takeAll_().forEach((stored) => {
        const at = Number(stored.at);
        if (Date.now() - at < KEPT_FOR) memory.take_(readJson2(stored, "", at), KEPT, false, stored);
      });
    } else if (persists) {
      kept.keep_([]);
    }
  }
  return {
    destination_: destination.name + settings.namespace,
    take_: memory.take_,
    start_() {
      show();
      undos = [
        destination.watch(handOverSoon),
        listen(window, "pagehide", leave),
        listen(window, "pageshow", show),
        listen(document, "visibilitychange", () => document.hidden === true ? hide() : show()),
        // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
        listen(document, "freeze", hide)
      ];
      handOverSoon();
    },
    stop_() {
      isSoon = false;
      undos.splice(0).forEach((undo) => {
        undo();
      });
      handOverIn(Infinity);
      waitForLeaving(false);
    },
    status_() {
      const sight = destination.look();
      return {
        name: destination.name,
        state: sight.state,
        namespace: sight.namespace || null,
        session: sight.link || null,
        decisions: Object.assign({}, report.counts_),
        recent: report.recent_()
      };
    }
  };
}

// src/page/own-members.ts
function ownMembersOnly(descriptor) {
  return descriptor && Object.setPrototypeOf(descriptor, null);
}

// src/optimizely/call-after.ts
function callAfter(methods, name, after) {
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
  if (methods[name] !== replacement) throw new TypeError(name);
  return () => {
    if (methods[name] !== replacement) return;
    if (isOwn) methods[name] = original;
    else delete methods[name];
  };
}

// src/optimizely/read-decision.ts
function textOrNull(key) {
  if (key && typeof key === "string") return key;
  return typeof key === "number" ? "" + key : null;
}
function readDecision(info, userId, at) {
  return {
    userId: textOrNull(userId) || "",
    flagKey: typeof info.enabled === "boolean" && textOrNull(info.flagKey) || "",
    variationKey: textOrNull(info.variationKey),
    ruleKey: textOrNull(info.ruleKey),
    enabled: info.enabled === true,
    // A decision that an earlier page kept has `dispatched`.
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
    const context = info.userContext || {};
    const ofContext = context.getUserId ? context.getUserId() : context.userId || context.user_id || context.id;
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

// src/page/timers.ts
var FIRST_LOOK = 250;
var LATE_LOOK = 5e3;
function outsideZone(task) {
  const { Zone } = window;
  let root;
  try {
    root = Zone && Zone.root;
  } catch {
  }
  if (root && root.run) root.run(task);
  else task();
}
function createTimers() {
  const set = setTimeout;
  const clear = clearTimeout;
  const since = steadyNow();
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
    soon_(task) {
      try {
        outsideZone(() => {
          Promise.resolve().then(task);
        });
      } catch {
        later(task, 0);
      }
    },
    later_: later,
    // Whole ms: a fraction would delay what the limits allow at the end of a second.
    lookWait_: () => Math.min(LATE_LOOK, Math.max(FIRST_LOOK, Math.floor((steadyNow() - since) / 12)))
  };
}

// src/optimizely/readiness.ts
function awaitReady(client, readiness) {
  try {
    outsideZone(() => {
      Promise.resolve().then(() => client.onReady && client.onReady()).then((result) => {
        const answer = result;
        if (answer && answer.success === false) throw answer;
        readiness.isReady_ = true;
      }).catch((error) => {
        readiness.failure_ = "" + (error && (error.reason || error.message) || error);
      }).catch(nothing);
    });
  } catch {
  }
}

// src/optimizely/listener.ts
var OLDEST = 5e3;
var REMEMBERED2 = 500;
var MOST_CLIENTS = 99;
var MOST_REFUSALS = 30;
function centerOf(client) {
  try {
    return client.notificationCenter;
  } catch {
  }
  return void 0;
}
function createDecisionListener(hear, tell, [recordedClients, recorded]) {
  const connections = [];
  const met = [];
  const refusing = [];
  const recent = [];
  let hearsFlags = false;
  let hearsLegacy = false;
  function remember(list, thing) {
    if (list.push(thing) > REMEMBERED2) list.shift();
  }
  function isKnown(thing) {
    if (recent.includes(thing)) return true;
    remember(recent, thing);
    return false;
  }
  function connect(center, isNew, since) {
    const undos = [];
    let claims = (() => {
    });
    let current = center;
    const connection = {
      center_: center,
      listen_: listen2,
      leave_() {
        try {
          undos.forEach((undo) => {
            undo();
          });
          ids.forEach((id) => {
            center.removeNotificationListener(id);
          });
        } catch {
        }
      }
    };
    function hearDecision(notification, recordedAt) {
      const at = recordedAt || Date.now();
      try {
        if (current === notification || connections[1] && isKnown(notification)) return;
        connection.isReady_ = true;
        const { type, userId, decisionInfo } = notification;
        if (type === "flag") {
          hearsFlags = true;
          current = notification;
          hear(readDecision(decisionInfo, userId, at), recordedAt && RECORDED, false, claims, notification);
        } else hearsLegacy = true;
      } catch {
        hear(readDecision({}, "", at));
      }
    }
    function hearLogEvent(notification) {
      try {
        readImpressions(notification, (decision, uuid) => {
          const { at, flagKey } = decision;
          if (flagKey && at > since - OLDEST && at >= documentStart() && at <= since && !isKnown(uuid)) {
            hear(decision, RECOVERED, met.length > 1 || at === since);
          }
        });
      } catch {
      }
    }
    const types = [
      ["DECISION", ":type, userId, attributes, decisionInfo", (notification) => hearDecision(notification)]
    ];
    const isMet = met.includes(center);
    if (!isNew && !isMet) types.push(["LOG_EVENT", ":logEvent", hearLogEvent]);
    const ids = [];
    function listen2() {
      types.forEach((type, index) => {
        try {
          let id = center.addNotificationListener(type[0], type[2]);
          if (id < 1) id = center.addNotificationListener(type[0] + type[1], type[2]);
          if (id < 1) return;
          if (ids[index]) center.removeNotificationListener(ids[index]);
          ids[index] = id;
        } catch {
        }
      });
    }
    listen2();
    if (!ids[0]) return void 0;
    if (!isMet) {
      recorded.forEach(([from, notification, at]) => {
        if (from === center) hearDecision(notification, at);
      });
    }
    ["clearAllNotificationListeners", "clearNotificationListeners"].forEach((name) => {
      try {
        claims = center[packageName] || claims;
        Object.defineProperty(center, packageName, ownMembersOnly({ value: claims }));
        undos.push(
          callAfter(center, name, () => {
            if (connections.includes(connection)) listen2();
          })
        );
      } catch {
      }
    });
    return connection;
  }
  return {
    listenTo_(client, isNew, isLate) {
      const center = centerOf(client);
      if (connections.some((connection2) => connection2.center_ === center)) return true;
      if (typeof center !== "object" || refusing.filter((one) => one === center).length > MOST_REFUSALS)
        return false;
      const [, sawCreation, since] = recordedClients.find(([one]) => centerOf(one) === center) || [];
      const connection = connect(center, isNew || sawCreation && since, since || Date.now());
      if (!connection) {
        remember(refusing, center);
        return false;
      }
      if (isLate && !since) tell("client-late");
      remember(met, center);
      if (connections.push(connection) > MOST_CLIENTS) connections.shift().leave_();
      awaitReady(client, connection);
      return true;
    },
    status_() {
      const sdk = { state: connections[0] ? "ready" : "missing" };
      connections.forEach(({ isReady_, failure_ }) => {
        if (isReady_) return;
        if (failure_) sdk.reason = failure_;
        sdk.state = sdk.reason ? "failed" : "waiting";
      });
      return { clients: connections.length, sdk };
    },
    hearsOnlyLegacy_: () => hearsLegacy && !hearsFlags,
    rearm_() {
      connections.forEach((connection) => {
        connection.listen_();
      });
    },
    leaveAll_() {
      connections.splice(0).forEach((connection) => {
        connection.leave_();
      });
    }
  };
}

// src/entries/create-bridge.ts
function createBridge(sources, destinations, attach, recordings) {
  const problems = [];
  const tell = (code) => {
    if (!problems.includes(code)) problems.push(code);
  };
  const timers = createTimers();
  const settings = readSettings(sources, tell);
  const lanes = destinations.map(
    (setUp) => createLane(setUp(settings, tell), settings, timers, tell, readJson)
  );
  problems.forEach((code) => {
    write("warn", code);
  });
  const take = (decision, origin, mayBeKnown, claims, notification) => {
    for (let index = 0; index < lanes.length; index++) {
      const lane = lanes[index];
      if (lane.take_(decision, origin, mayBeKnown) && claims) {
        if (claims[lane.destination_] === notification) tell("client-shared");
        claims[lane.destination_] = notification;
      }
    }
  };
  const listener = createDecisionListener(take, tell, recordings);
  let stopRearming;
  function start() {
    if (stopRearming) return;
    stopRearming = listen(window, "pageshow", listener.rearm_);
    lanes.forEach((lane) => {
      lane.start_();
    });
  }
  start();
  const stopAttaching = attach(
    settings.client,
    (candidate, isNew, isLate) => !!stopRearming && listener.listenTo_(candidate, isNew, isLate),
    tell,
    timers
  );
  return {
    version,
    connect(candidate) {
      start();
      if (!listener.listenTo_(candidate)) tell("client-invalid");
      return candidate;
    },
    record(decisions, userId) {
      start();
      try {
        [].concat(decisions).forEach((json) => {
          take(readJson(json, userId, Date.now()));
        });
      } catch {
        take(readJson(null, "", Date.now()));
      }
    },
    status() {
      const statuses = lanes.map((lane) => lane.status_());
      const heard = listener.status_();
      const first = statuses[0];
      const codes = problems.slice();
      statuses.forEach(({ name, state }) => {
        if (state === "absent" || state === "blocked" || state === "refused") {
          codes.push(problemOf(name, state));
        }
      });
      if (!heard.clients && !first.decisions.seen) codes.push("client-missing");
      if (listener.hearsOnlyLegacy_()) codes.push("legacy-calls");
      if (heard.sdk.reason) codes.push("sdk-not-ready");
      return Object.assign({}, first, heard, {
        version,
        destinations: statuses,
        problems: codes,
        fullstory: first.state
      });
    },
    disconnect() {
      stopAttaching();
      listener.leaveAll_();
      lanes.forEach((lane) => {
        lane.stop_();
      });
      if (stopRearming) stopRearming();
      stopRearming = void 0;
    }
  };
}

// src/entries/guard-destination.ts
function guardDestination(source) {
  return (settings, tell) => {
    const destination = typeof source === "function" ? source(settings, tell) : source;
    const { name } = destination;
    function attempt(run, otherwise) {
      try {
        return run() || otherwise;
      } catch {
        tell(problemOf(name, "throws"));
        return otherwise;
      }
    }
    function watchResult(result) {
      var _a;
      (_a = result == null ? void 0 : result.then) == null ? void 0 : _a.call(result, void 0, () => tell(problemOf(name, "throws")));
    }
    return {
      name,
      ...destination.limits && { limits: destination.limits },
      ...destination.settings && { settings: destination.settings },
      look: () => attempt(() => destination.look(), { state: "absent" }),
      watch(onChange) {
        const stop = attempt(
          () => destination.watch(onChange),
          () => void 0
        );
        return () => attempt(stop, void 0);
      },
      ...destination.who && { who: () => attempt(() => {
        var _a;
        return (_a = destination.who) == null ? void 0 : _a.call(destination);
      }, void 0) },
      setProperties: (properties, who) => watchResult(destination.setProperties(properties, who)),
      trackEvent: (event, moment) => watchResult(destination.trackEvent(event, moment)),
      flush: () => attempt(() => {
        var _a;
        return (_a = destination.flush) == null ? void 0 : _a.call(destination);
      }, void 0),
      isPropertyName: (property) => !attempt(() => {
        var _a;
        return ((_a = destination.isPropertyName) == null ? void 0 : _a.call(destination, property)) === false;
      }, false)
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

// src/entries/tell-apart.ts
function tellApart(setups) {
  const names = [];
  return setups.map((setUp) => (settings, tell) => {
    const destination = setUp(settings, tell);
    const { name } = destination;
    const before = names.filter((other) => other === name).length;
    names.push(name);
    if (before) {
      const namespace = `${settings.namespace}#${before}`;
      Object.assign(destination, { settings: { ...destination.settings, namespace } });
    }
    return destination;
  });
}

// src/destinations/amplitude/sdk.ts
function isAmplitude(value) {
  return typeof (value && value.logEvent) === "function";
}
function isStub(amplitude2) {
  return Array.isArray(amplitude2._q) && !amplitude2.runQueuedFunctions;
}
function ignoreResult(result) {
  ignoreRejection(result);
  ignoreRejection(result && result.promise);
}
function readSdk(found) {
  const sdk = !found.track && found.getInstance ? found.getInstance() : found;
  let session;
  let device;
  let user;
  try {
    session = sdk.getSessionId();
    device = sdk.track ? sdk.getDeviceId() : sdk.options.deviceId;
    user = sdk.track ? sdk.getUserId() : sdk.options.userId;
  } catch {
  }
  return {
    sdk_: sdk,
    tracks_: !!sdk.track,
    session_: session,
    device_: "" + (device || ""),
    user_: "" + (user || "")
  };
}

// src/destinations/amplitude/find.ts
var GLOBALS = ["amplitude", "amplitudeGTM"];
function read(path) {
  try {
    const value = follow(window, path.split("."));
    if (isAmplitude(value)) return value;
  } catch {
  }
  return void 0;
}
function pathsOf(name) {
  return [name].concat(
    GLOBALS.map((global) => global + "._iq." + name),
    "amplitude._instances." + name.toLowerCase()
  );
}
function createFinder(wanted) {
  const paths = typeof wanted === "string" && wanted ? pathsOf(wanted) : GLOBALS;
  const isGiven = isAmplitude(wanted);
  let path = paths[0];
  return {
    find_() {
      if (isGiven) return wanted;
      path = [path].concat(paths).find(read) || path;
      return read(path);
    },
    /** Its name for the status; undefined if the site handed over an instance or module. */
    name_: () => isGiven ? void 0 : wanted || path
  };
}

// src/destinations/amplitude/insert-id.ts
function insertId(parts) {
  const text = parts.join("\n");
  let one = 1;
  let other = 2;
  for (let index = 0; index < text.length; index++) {
    one = Math.imul(one ^ text.charCodeAt(index), 16777619);
    other = Math.imul(other ^ one, 2246822507);
  }
  return [one, other].map((hash) => (hash >>> 0).toString(36)).join("-");
}

// src/destinations/amplitude/options.ts
var isInstance = (value) => typeof value === "string" || isAmplitude(value);
function readOptions(written, { propertyName, eventName, dedupe }, tell) {
  const defaults = { propertyName, eventName, dedupe: dedupe === "none" ? dedupe : "session" };
  if (isInstance(written)) return Object.assign(defaults, { instance: written });
  const given = Object.assign({}, defaults, written);
  const { instance, exposure } = given;
  const wrong = (name) => tell("setting-wrong:amplitude" + name);
  if (written && written.then) wrong("");
  if (instance && !isInstance(instance)) wrong(".instance");
  if (exposure && exposure !== true) wrong(".exposure");
  delete given.instance;
  delete given.exposure;
  const read2 = readSettings([given], (code) => tell(code.replace(":", ":amplitude.")));
  return Object.assign(read2, { instance: isInstance(instance) && instance, exposure: exposure === true });
}

// src/destinations/amplitude.ts
var EXPOSURE = "$exposure";
function makeExposure(properties) {
  properties.variant = properties.enabled ? properties.variation_key || "on" : "off";
  properties.experiment_key = properties.rule_key;
  delete properties.enabled;
  delete properties.variation_key;
  delete properties.rule_key;
}
function amplitude(setting) {
  Object.assign(SETTINGS, { amplitude: [null] });
  return (settings, tell) => {
    const options = readOptions(setting || settings.amplitude, settings, tell);
    const { dedupe } = options;
    const finder = createFinder(options.instance);
    const page = dedupe === "page" && Math.random();
    let stubSince = 0;
    let latest;
    let sessions = 0;
    let asked;
    let config;
    function read2() {
      const found = finder.find_();
      if (isStub(found)) throw Error();
      return readSdk(found);
    }
    function isOptedOut({ sdk_, tracks_ }) {
      if (!tracks_) return sdk_.options.optOut;
      if (sdk_.getOptOut) return sdk_.getOptOut();
      if (!sdk_.add) return false;
      if (asked !== sdk_) {
        asked = sdk_;
        config = void 0;
        ignoreResult(
          sdk_.add({
            name: "optimizely",
            type: "enrichment",
            setup(given) {
              config = given;
            },
            execute: (event) => event
          })
        );
      }
      return !config || config.optOut;
    }
    function isOther({ session_, device_, user_ }) {
      return !latest || latest.session_ !== session_ || latest.device_ !== device_ || // Amplitude assigns the events of an anonymous device to the first user who signs in there, so these stay sent.
      !!latest.user_ && latest.user_ !== user_;
    }
    function lookAt(found) {
      if (!found) return { state: "absent" };
      if (isStub(found)) {
        stubSince = stubSince || Date.now();
        return { state: Date.now() - stubSince > BLOCKED_AFTER ? "blocked" : "loading" };
      }
      const reading = readSdk(found);
      const { session_, user_: user } = reading;
      if (typeof session_ !== "number" || isOptedOut(reading)) return { state: "waiting", user };
      if (isOther(reading)) sessions++;
      latest = reading;
      return {
        state: "capturing",
        // A plugin would be told of users and sessions only by the newest versions, and the site's events would pass through it.
        isPolled: true,
        user,
        session: sessions,
        link: "" + session_
      };
    }
    function look() {
      let sight = { state: "absent" };
      try {
        sight = lookAt(finder.find_());
      } catch {
      }
      sight.namespace = finder.name_();
      return sight;
    }
    function nameOf({ tracks_, device_, user_ }) {
      return tracks_ && device_ ? device_ + "\n" + user_ : void 0;
    }
    function who() {
      try {
        return nameOf(read2());
      } catch {
      }
      return void 0;
    }
    function track(reading, event, text, id) {
      const known = text || nameOf(reading);
      const device = known && known.split("\n")[0];
      ignoreResult(
        reading.sdk_.track(
          Object.assign(
            event,
            // An anonymous user is `undefined`.
            device && { user_id: known.slice(device.length + 1) || void 0, device_id: device },
            id && dedupe !== "none" && {
              insert_id: insertId([reading.session_, page, known, event.event_type, id])
            }
          )
        )
      );
    }
    return {
      name: "Amplitude",
      settings: {
        propertyName: options.propertyName,
        eventName: options.exposure ? EXPOSURE : options.eventName,
        // With `session`, the insert id prevents duplicates.
        dedupe: dedupe === "none" ? dedupe : "page"
      },
      // https://amplitude.com/docs/apis/analytics/http-v2#upload-limit: 30 events a second of one device, 1,800 property
      // updates an hour. The site's own events share them.
      limits: {
        events: [1800, 30],
        properties: [1800, 30],
        // A property set after an event does not apply to it, so many of these calls are allowed.
        ours: { events: [600, 10], properties: [60, 5] },
        propertyNames: 1e3
      },
      look,
      watch: () => () => {
      },
      who,
      setProperties(properties, text) {
        const reading = read2();
        const event = { event_type: "$identify", user_properties: { $set: properties } };
        if (reading.tracks_) track(reading, event, text);
        else ignoreResult(reading.sdk_.setUserProperties(properties));
      },
      trackEvent(event, moment) {
        const { name, properties } = event;
        const { at } = moment;
        const reading = read2();
        if (name === EXPOSURE) makeExposure(properties);
        if (reading.tracks_) {
          track(reading, { event_type: name, event_properties: properties, time: at }, moment.who, moment.id);
        } else {
          if (Date.now() - at > LATE) properties.decided_at = new Date(at).toISOString();
          ignoreResult(reading.sdk_.logEvent(name, properties));
        }
      },
      flush() {
        try {
          ignoreResult(read2().sdk_.flush());
        } catch {
        }
      }
    };
  };
}

// src/entries/index.ts
function createBridge2(settings, destinations = [fullstory()]) {
  const [first, ...others] = tellApart(destinations.map(guardDestination));
  if (typeof window === "undefined" || typeof document === "undefined" || !first) return createServerBridge();
  const attach = (client, connect, tell) => {
    if (client && !connect(client)) tell("client-invalid");
    return () => {
    };
  };
  return createBridge([settings], [first, ...others], attach, [[], [], []]);
}
export {
  amplitude,
  createBridge2 as createBridge,
  fullstory
};
