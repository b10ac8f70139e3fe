// src/camel-case.ts
function camelCase(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}

// src/decision.ts
function isSameDecision(one, other) {
  return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
}
function decisionKey(decision) {
  const { userId, flagKey, variationKey, ruleKey, enabled } = decision;
  return JSON.stringify([userId, flagKey, variationKey, ruleKey, enabled]);
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
function readSettings(sources, warn) {
  const settings = {};
  Object.entries(SETTINGS).forEach(([name, [fallback, pattern]]) => {
    settings[name] = fallback;
    sources.forEach((source) => {
      try {
        const written = (source || {})[name];
        if (written !== void 0) settings[name] = readValue(written, fallback, pattern);
      } catch {
        warn("setting-wrong:" + name);
      }
    });
  });
  Object.keys(sources[0] || {}).forEach((name) => {
    if (!Object.keys(SETTINGS).includes(name))
      warn("setting-unknown:" + name);
  });
  return settings;
}

// src/delivery/memory.ts
var REMEMBERED_FLAGS = 5e3;
var REMEMBERED_DECISIONS = 50;
var PROPERTIES_PER_CALL = 1e3;
function createDecisionBridge(settings, report, beforeSend, onChange) {
  const { counts, problems } = report;
  const { propertyName, flags } = settings;
  const memory = /* @__PURE__ */ new Map();
  function isWanted({ flagKey, dispatched }) {
    if (!flagKey) problems.add("decision-invalid");
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
    const { decision } = delivery;
    if (delivery.event === void 0) {
      try {
        const edited = beforeSend(compose(decision), Object.assign({}, decision));
        delivery.event = edited !== false && {
          // FullStory takes names of up to 250 characters. What is no text throws, as everything does that is no event.
          name: edited.name.substring(0, 250),
          // A copy, because the page may go on changing its own.
          properties: Object.assign({}, edited.properties)
        };
      } catch {
        problems.add("before-send");
        delivery.event = compose(decision);
      }
    }
    return delivery.event;
  }
  return {
    take(decision, isRecovered, mayBeKnown) {
      const { flagKey } = decision;
      let flag = memory.get(flagKey);
      const same = flag && flag.deliveries.find((other) => isSameDecision(other.decision, decision));
      if (mayBeKnown && same) return;
      const delivery = report.see(decision);
      if (isRecovered) {
        counts.recovered++;
        problems.add("client-late");
      }
      if (!isWanted(decision)) {
        report.settle(delivery, "ignored", decision.at);
        return;
      }
      if (!flag) {
        flag = { deliveries: [] };
        memory.set(flagKey, flag);
        if (memory.size > REMEMBERED_FLAGS) memory.delete(memory.keys().next().value);
      }
      const { deliveries } = flag;
      const earlier = settings.dedupe !== "none" && same && !same.isLost && same;
      const latest = earlier || delivery;
      const holder = deliveries[0];
      if (earlier) report.settle(delivery, earlier.event === false ? "ignored" : "duplicate", decision.at);
      if (latest === holder) return;
      latest.flag = flag;
      if (same) deliveries.splice(deliveries.indexOf(same), 1);
      deliveries.splice(isRecovered && holder && holder.decision.at > decision.at ? 1 : 0, 0, latest);
      deliveries.splice(REMEMBERED_DECISIONS);
      onChange(earlier ? void 0 : latest);
    },
    eventOf,
    tellProperties(tell) {
      const changes = [];
      memory.forEach((flag, flagKey) => {
        const delivery = flag.deliveries[0];
        const { decision } = delivery;
        const value = decision.enabled ? decision.variationKey || "on" : "off";
        if (!propertyName || flag.told === value) return;
        if (beforeSend !== unchanged && !eventOf(delivery)) return;
        const name = propertyName.split("{flag}").join(flagKey);
        if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
          problems.add("property-name-rule");
        }
        if (name !== "uid") changes.push([name, value, flag]);
      });
      changes.splice(PROPERTIES_PER_CALL);
      if (!changes[0]) return false;
      tell(Object.fromEntries(changes));
      changes.forEach(([, value, flag]) => {
        flag.told = value;
      });
      return true;
    },
    renew() {
      const again = [];
      memory.forEach((flag) => {
        const latest = flag.deliveries[0];
        const isWaiting = (delivery) => delivery.outcome === "waiting" && !delivery.isLost;
        if (!isWaiting(latest) && latest.event !== false) {
          latest.isLost = false;
          again.push(latest);
        }
        flag.deliveries = flag.deliveries.filter((delivery) => delivery === latest || isWaiting(delivery));
        flag.told = void 0;
      });
      return again;
    }
  };
}

// src/delivery/rate-limit.ts
function delay(calls, [perMinute, perSecond]) {
  const now = performance.now();
  const wait = (most, span) => calls[most - 1] + span - now || 0;
  return Math.ceil(Math.max(0, wait(perMinute, 6e4), wait(perSecond, 1e3)));
}
function spend(calls) {
  calls.unshift(performance.now());
  calls.splice(60);
}

// src/delivery/storage.ts
var KEY = "optimizely-fullstory";
function readStored(area, problems) {
  try {
    const stored = JSON.parse(window[area].getItem(KEY));
    if (Array.isArray(stored)) return stored;
  } catch (error) {
    if (!(error instanceof SyntaxError)) problems.add("storage");
  }
  return [];
}
function writeStored(area, list, problems) {
  try {
    window[area].setItem(KEY, JSON.stringify(list));
    return true;
  } catch {
    problems.add("storage");
    return false;
  }
}

// src/delivery/queue.ts
var EVENT_LIMITS = [60, 40];
var PROPERTY_LIMITS = [30, 10];
var EVENTS_PER_SECOND = 20;
var OUR_PROPERTY_LIMITS = [10, 2];
var LATE = 1e3;
var RETRY = 500;
var REMEMBERED = 1e3;
var LOOK_AGAIN = 250;
function createOutbox(bridge, destination, settings, report) {
  const { problems } = report;
  const events = [];
  const properties = [];
  let queue = [];
  let latestSession = "";
  function dropOldest() {
    while (queue.length > settings.bufferSize) {
      const oldest = queue.shift();
      oldest.isLost = true;
      report.settle(oldest, "dropped", Date.now());
    }
  }
  function readSession(session) {
    const stored = readStored("localStorage", problems);
    return stored[0] === session ? stored : [session];
  }
  function tell(changed) {
    spend(properties);
    destination.setProperties(changed);
  }
  return {
    add(delivery) {
      queue.push(delivery);
      dropOldest();
    },
    release(keep) {
      const decisions = queue.map(({ decision }) => decision);
      const lastOfFlag = /* @__PURE__ */ new Map();
      queue.forEach((delivery) => {
        lastOfFlag.set(delivery.flag, delivery);
      });
      lastOfFlag.forEach((last) => {
        const holder = last.flag.deliveries[0];
        if (holder !== last) decisions.push(holder.decision);
      });
      if (!queue[0]) return true;
      if (!keep(decisions)) return false;
      queue.forEach((delivery) => {
        delivery.isLost = true;
      });
      report.forgetWaiting();
      queue = [];
      return true;
    },
    handOver(isLeaving) {
      destination.watch();
      const { state, session } = destination.look();
      if (session === void 0) {
        queue.forEach((delivery2) => {
          if (delivery2.waitsFor !== state)
            report.explain(delivery2.decision, "waiting: FullStory is " + state);
          delivery2.waitsFor = state;
        });
        return queue[0] || state === "absent" ? LOOK_AGAIN : Infinity;
      }
      if (latestSession && session && session !== latestSession) {
        queue = bridge.renew().concat(queue.filter(({ outcome }) => outcome === "waiting"));
        dropOldest();
      }
      latestSession = session || latestSession;
      const isShared = session && settings.dedupe === "session";
      const wait = (calls, ours, all) => isLeaving && !settings.persist ? 0 : delay(calls, isLeaving ? all : ours);
      let delivery;
      let propertyWait = 0;
      let eventWait = 0;
      try {
        for (; ; ) {
          propertyWait = wait(properties, OUR_PROPERTY_LIMITS, PROPERTY_LIMITS);
          if (propertyWait || !bridge.tellProperties(tell)) break;
          if (!isLeaving && queue[EVENTS_PER_SECOND]) return 0;
        }
        for (let most = 2 * settings.bufferSize; queue[0] && most; most--) {
          delivery = queue.shift();
          const { decision } = delivery;
          const event = bridge.eventOf(delivery);
          const key = decisionKey(decision);
          const now = Date.now();
          const shared = isShared ? readSession(session) : [];
          const isKnown = shared.includes(key);
          const name = event && !isKnown && event.name;
          eventWait = name || settings.eventName ? wait(events, [settings.eventsPerMinute, EVENTS_PER_SECOND], EVENT_LIMITS) : propertyWait;
          if (eventWait) break;
          if (name) {
            if (now - decision.at > LATE) event.properties.decided_at = new Date(decision.at).toISOString();
            spend(events);
            destination.trackEvent(event);
            if (isShared) {
              shared.splice(1, shared.length - REMEMBERED);
              writeStored("localStorage", shared.concat(key), problems);
            }
          }
          report.settle(delivery, isKnown ? "duplicate" : event ? "sent" : "ignored", now);
          delivery = void 0;
        }
      } catch {
        problems.add("fullstory-throws");
        eventWait = RETRY;
      }
      if (delivery) {
        queue.unshift(delivery);
        dropOldest();
      }
      return Math.min(propertyWait || Infinity, eventWait || Infinity);
    }
  };
}

// src/destinations/fullstory.ts
var SOURCE = "optimizely";
var BLOCKED_AFTER = 1e4;
var REFUSED = 5;
function createFullStory(setting, problems, onChange) {
  let watched;
  let watchedSince = 0;
  const observers = [];
  let startedSession;
  let isRefused = false;
  function findNamespace() {
    const script = document.querySelector("script[data-fs-namespace]");
    const { _fs_namespace } = window;
    return setting || _fs_namespace || script && script.dataset.fsNamespace || "FS";
  }
  function find() {
    try {
      const found = window[findNamespace()];
      return typeof found === "function" && found;
    } catch {
      return false;
    }
  }
  function look() {
    const fullstory = find();
    let session = "";
    if (!fullstory) return { state: "absent" };
    if (fullstory.q && !fullstory._api) {
      const isBlocked = fullstory.q.push !== [].push || watched && Date.now() - watchedSince > BLOCKED_AFTER;
      return { state: isBlocked ? "blocked" : "loading" };
    }
    try {
      session = "" + (fullstory.getCurrentSessionURL() || "");
    } catch {
    }
    return session || startedSession !== void 0 || !fullstory._api ? { state: "capturing", session: session || startedSession || "" } : { state: isRefused ? "refused" : "waiting" };
  }
  function unwatch() {
    watched = startedSession = void 0;
    try {
      observers.splice(0).forEach((observer) => {
        observer.disconnect();
      });
    } catch {
    }
  }
  function call(operation, options) {
    return find()(operation, options, SOURCE);
  }
  return {
    findNamespace,
    look,
    watch() {
      const fullstory = find();
      const answering = fullstory && (fullstory._api || fullstory);
      if (answering && answering !== watched) {
        unwatch();
        watched = answering;
        watchedSince = Date.now();
        try {
          ["start", "shutdown"].forEach((type) => {
            const callback = (detail) => {
              if (watched !== answering) return;
              const { sessionUrl, reason } = detail || {};
              startedSession = type === "start" ? sessionUrl || "" : void 0;
              isRefused = reason === REFUSED;
              onChange();
            };
            observers.push(call("observe", { type, callback }));
          });
        } catch {
          problems.add("fullstory-throws");
        }
      }
    },
    setProperties(properties) {
      if (window.parent !== window) problems.add("child-frame");
      else call("setProperties", { type: "user", properties });
    },
    trackEvent(event) {
      call("trackEvent", event);
    },
    unwatch
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
      ({ decisions, events }) => (decisions || []).map(
        (decision) => readJson(Object.assign({}, decision, decision.metadata), visitor_id, events[0].timestamp)
      )
    )
  );
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
function createDecisionListener(hear) {
  const connections = /* @__PURE__ */ new Map();
  const met = /* @__PURE__ */ new Set();
  let unready = 0;
  let failure;
  function awaitReady(client) {
    unready++;
    Promise.resolve().then(() => client.onReady && client.onReady()).then((result) => {
      const { success, reason } = result || {};
      if (success === false) throw reason;
    }).catch((error) => {
      failure = "" + (error && error.message || error);
    }).then(() => {
      unready--;
    });
  }
  function connect(center, isNew) {
    const since = Date.now();
    const heard = /* @__PURE__ */ new Set();
    const undos = [];
    const catchesUp = !isNew && !met.has(center);
    let decisionId = 0;
    let logEventId = 0;
    function hearDecision(notification) {
      const now = Date.now();
      try {
        const { type, userId, decisionInfo } = notification;
        if (now - since < SETTLED) heard.add(decisionInfo.flagKey || decisionInfo.featureKey);
        if (type === "flag") hear(readDecision(decisionInfo, userId, now));
      } catch {
        hear(readDecision({}, "", now));
      }
    }
    function hearLogEvent(notification) {
      try {
        readImpressions(notification).forEach((decision) => {
          const { at, flagKey } = decision;
          if (flagKey && at >= performance.timeOrigin && (at < since || at === since && !heard.has(flagKey))) {
            hear(decision, true, met.size > 1);
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
    function listen() {
      decisionId = renew(decisionId, "DECISION", ":type, userId, attributes, decisionInfo", hearDecision);
      if (catchesUp) logEventId = renew(logEventId, "LOG_EVENT", ":logEvent", hearLogEvent);
    }
    listen();
    if (decisionId < 1) return void 0;
    const connection = {
      listen,
      leave() {
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
              if (connections.get(center) === connection) listen();
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
    listenTo(client, isNew) {
      try {
        const center = client.notificationCenter;
        if (!connections.has(center)) {
          const connection = connect(center, isNew);
          if (!connection) return false;
          connections.set(center, connection);
          met.add(center);
          awaitReady(client);
        }
        return true;
      } catch {
        return false;
      }
    },
    count: () => connections.size,
    readiness: () => failure ? { state: "failed", reason: failure } : { state: unready ? "waiting" : connections.size ? "ready" : "missing" },
    rearm() {
      connections.forEach(({ listen }) => {
        listen();
      });
    },
    leaveAll() {
      connections.forEach(({ leave }, center) => {
        connections.delete(center);
        leave();
      });
    }
  };
}

// src/status.ts
var RECENT = 50;
function createReport(settings, problems) {
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
    console.log(text);
  }
  function explain({ flagKey, variationKey }, step) {
    if (!settings.debug) return;
    if (!lines.length) Promise.resolve().then(print);
    lines.push("[optimizely-fullstory] " + flagKey + " = " + variationKey + " \u2192 " + step);
  }
  return {
    counts,
    problems,
    recent: () => latest.slice(-RECENT).map(({ decision: { flagKey, variationKey, ruleKey, enabled, at }, outcome, settledAt }) => ({
      flagKey,
      variationKey,
      ruleKey,
      enabled,
      at,
      outcome,
      settledAt
    })),
    see(decision) {
      const delivery = { decision, outcome: "waiting", settledAt: null };
      counts.seen++;
      counts.waiting++;
      latest.push(delivery);
      if (latest.length > 2 * RECENT) latest.splice(0, RECENT);
      return delivery;
    },
    settle(delivery, outcome, at) {
      if (delivery.outcome === "waiting") {
        counts.waiting--;
        counts[outcome]++;
        delivery.outcome = outcome;
        delivery.settledAt = at;
      }
      explain(delivery.decision, outcome);
    },
    forgetWaiting() {
      counts.seen -= counts.waiting;
      counts.waiting = 0;
      latest = latest.filter(({ outcome }) => outcome !== "waiting");
    },
    explain
  };
}

// src/version.ts
var version = "0.1.0";

// src/entries/call-global.ts
function callGlobal(path, one, other) {
  let holder;
  let callee = window;
  path.split(".").forEach((key) => {
    holder = callee;
    callee = callee[key];
  });
  return callee.call(holder, one, other);
}

// src/entries/create-bridge.ts
var LONGEST_SESSION = 864e5;
function assembleBridge(sources, attach) {
  const problems = /* @__PURE__ */ new Set();
  const settings = readSettings(sources, (code) => problems.add(code));
  const report = createReport(settings, problems);
  const { counts } = report;
  const { beforeSend } = settings;
  const bridge = createDecisionBridge(
    settings,
    report,
    // Looked up when it is called: pages define theirs late.
    typeof beforeSend === "string" ? (event, decision) => callGlobal(beforeSend, event, decision) : beforeSend,
    // Runs inside the page's `decide()`.
    (delivery) => {
      if (delivery) outbox.add(delivery);
      handOverIn();
    }
  );
  const fullstory = createFullStory(settings.namespace, problems, handOverIn);
  const outbox = createOutbox(bridge, fullstory, settings, report);
  const listener = createDecisionListener(bridge.take);
  let isSoon = false;
  let isStopped = false;
  let timer;
  problems.forEach((code) => {
    console.warn("[optimizely-fullstory] " + code);
  });
  function handOverIn(wait) {
    if (isSoon || isStopped || wait === Infinity) return;
    isSoon = !wait;
    clearTimeout(timer);
    timer = setTimeout(handOver, wait || 0);
  }
  function handOver(isLeaving) {
    isSoon = false;
    handOverIn(outbox.handOver(isLeaving));
  }
  function keep(decisions) {
    return writeStored("sessionStorage", readStored("sessionStorage", problems).concat(decisions), problems);
  }
  function leave() {
    handOver(true);
    if (!settings.persist) return;
    settings.persist = outbox.release(keep);
    if (!settings.persist) handOver(true);
  }
  function arrive() {
    listener.rearm();
    if (!settings.persist) return;
    const kept = readStored("sessionStorage", problems);
    if (kept[0]) writeStored("sessionStorage", null, problems);
    kept.forEach((decision) => {
      const at = decision && +decision.at;
      if (at > Date.now() - LONGEST_SESSION) bridge.take(readJson(decision, "", at));
    });
  }
  function start() {
    isStopped = false;
    addEventListener("pagehide", leave);
    addEventListener("pageshow", arrive);
    handOverIn();
  }
  arrive();
  start();
  const stopAttaching = attach(
    settings.client,
    (candidate, isNew) => !isStopped && listener.listenTo(candidate, isNew),
    problems
  );
  return {
    version,
    connect(candidate) {
      start();
      if (!listener.listenTo(candidate)) problems.add("client-invalid");
      return candidate;
    },
    record(decisions, userId) {
      start();
      [].concat(decisions).forEach((decision) => {
        bridge.take(readJson(decision, userId, Date.now()));
      });
    },
    status() {
      const { state, session } = fullstory.look();
      const sdk = listener.readiness();
      const clients = listener.count();
      const codes = [];
      problems.forEach((code) => {
        codes.push(code);
      });
      return {
        version,
        fullstory: state,
        namespace: fullstory.findNamespace(),
        session: session || null,
        clients,
        sdk,
        decisions: Object.assign({}, counts),
        recent: report.recent(),
        problems: codes.concat(
          // Absent, blocked or refused.
          /^[abr]/.test(state) ? "fullstory-" + state : [],
          clients || counts.seen ? [] : "client-missing",
          sdk.reason ? "sdk-not-ready" : []
        )
      };
    },
    disconnect() {
      if (stopAttaching) stopAttaching();
      listener.leaveAll();
      fullstory.unwatch();
      clearTimeout(timer);
      isSoon = false;
      isStopped = true;
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", arrive);
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
      fullstory: "absent",
      namespace: "FS",
      session: null,
      clients: 0,
      sdk: { state: "missing" },
      decisions: { seen: 0, sent: 0, duplicate: 0, ignored: 0, waiting: 0, dropped: 0, recovered: 0 },
      recent: [],
      problems: []
    }),
    disconnect() {
    }
  };
}

// src/entries/index.ts
function createBridge(settings) {
  if (typeof window === "undefined") return createServerBridge();
  return assembleBridge([settings], (client, connect, problems) => {
    if (client && !connect(client)) problems.add("client-invalid");
    return void 0;
  });
}
export {
  createBridge
};
