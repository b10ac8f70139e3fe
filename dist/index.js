// package.json
var version = "0.1.0";

// src/decision.ts
function isSameDecision(one, other) {
  return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
}

// src/settings.ts
var SETTINGS = {
  client: [null, /./],
  namespace: ["", /./],
  propertyName: ["[Optimizely] {flag}", /^/],
  // FullStory takes event names of 1 to 250 characters
  // (https://developer.fullstory.com/browser/v2/capture-events/analytics-events/).
  eventName: ["Experiment Viewed", /^.{0,250}$/],
  flags: [[], /./],
  impressionsOnly: [false, /^(true|false|)$/],
  dedupe: ["page", /^(page|session|none)$/],
  include: [[], /^(user_id|experiment_id|variation_id|dispatched)$/],
  beforeSend: [null, /./],
  eventsPerMinute: [40, /^([1-9]|[1-5]\d|60)$/],
  bufferSize: [1e3, /^[1-9]\d{0,4}$/],
  persist: [false, /^(true|false|)$/],
  debug: [false, /^(true|false|)$/],
  // Calls to make when the bridge runs; the drop-in takes them.
  queue: [null, /./]
};
var DEFAULT_PROPERTY_NAME = SETTINGS.propertyName[0];
function readValue(value, fallback, pattern) {
  const isText = typeof value === "string";
  if (Array.isArray(fallback)) {
    const items = isText ? value.trim().split(/\s*,\s*/).filter(Boolean) : value;
    const isItem = (item) => typeof item === "string" && pattern.test(item);
    return Array.isArray(items) && items.every(isItem) ? items : void 0;
  }
  if (fallback === null) return value && /^[sof]/.test(typeof value) ? value : void 0;
  const type = typeof fallback;
  if (!isText && typeof value !== type || !pattern.test(value)) return void 0;
  return type === "boolean" ? `${value}` !== "false" : type === "number" ? Number(value) : value;
}
function readSettings(sources, warn) {
  const settings = {};
  const table = new Map(Object.entries(SETTINGS));
  table.forEach(([fallback], name) => {
    settings[name] = fallback;
  });
  for (const source of sources) {
    for (const name of Object.keys(source || {})) {
      const setting = table.get(name);
      let value;
      try {
        const written = source[name];
        if (written === void 0) continue;
        value = setting && readValue(written, setting[0], setting[1]);
      } catch {
      }
      if (value !== void 0) settings[name] = value;
      else warn(`setting-${setting ? "wrong" : "unknown"}:${name}`);
    }
  }
  return settings;
}

// src/bridge.ts
var REMEMBERED_FLAGS = 5e3;
var REMEMBERED_DECISIONS = 50;
var PROPERTIES_PER_CALL = 1e3;
var EVENT_PROPERTIES = ["flag_key", "variation_key", "rule_key", "enabled"];
function createDecisionBridge(settings, report, beforeSend) {
  const { counts, problem } = report;
  const { propertyName, flags } = settings;
  const memory = /* @__PURE__ */ new Map();
  const told = /* @__PURE__ */ new Map();
  let mayDiffer = false;
  function isWanted(decision) {
    return (decision.dispatched || !settings.impressionsOnly) && (!flags.length || flags.some(
      (flag) => flag.slice(-1) === "*" ? decision.flagKey.indexOf(flag.slice(0, -1)) === 0 : flag === decision.flagKey
    ));
  }
  function compose(decision) {
    const values = {
      flag_key: decision.flagKey,
      variation_key: decision.variationKey,
      rule_key: decision.ruleKey,
      enabled: decision.enabled,
      user_id: decision.userId,
      experiment_id: decision.experimentId,
      variation_id: decision.variationId,
      dispatched: decision.dispatched
    };
    const properties = {};
    EVENT_PROPERTIES.concat(settings.include).forEach((name) => {
      if (values[name] !== null) properties[name] = values[name];
    });
    return { name: settings.eventName, properties };
  }
  function edit(decision) {
    if (beforeSend) {
      try {
        const edited = beforeSend(compose(decision), Object.assign({}, decision));
        if (edited === false) return null;
        const event = { name: edited.name, properties: Object.assign({}, edited.properties) };
        if (typeof event.name === "string") return event;
      } catch {
      }
      problem("before-send");
    }
    return compose(decision);
  }
  function eventOf(delivery) {
    if (delivery.event === void 0) delivery.event = edit(delivery.decision);
    return delivery.event;
  }
  function forgetProperties() {
    told.clear();
    mayDiffer = true;
  }
  return {
    take(decision) {
      counts.seen++;
      if (!isWanted(decision)) {
        counts.ignored++;
        return void 0;
      }
      let known = memory.get(decision.flagKey);
      if (!known) {
        memory.set(decision.flagKey, known = []);
        if (memory.size > REMEMBERED_FLAGS) memory.delete(memory.keys().next().value);
      }
      let index = settings.dedupe === "none" ? -1 : known.length - 1;
      while (index >= 0) {
        const delivery2 = known[index];
        if (delivery2.outcome !== "dropped" && isSameDecision(delivery2.decision, decision)) {
          counts[delivery2.event === null ? "ignored" : "duplicate"]++;
          if (index < known.length - 1) {
            known.push(known.splice(index, 1)[0]);
            mayDiffer = true;
          }
          return void 0;
        }
        index--;
      }
      const delivery = { decision };
      if (known.push(delivery) > REMEMBERED_DECISIONS) known.shift();
      mayDiffer = true;
      return delivery;
    },
    eventOf,
    newProperties() {
      if (!mayDiffer || !propertyName) return void 0;
      mayDiffer = false;
      const properties = [];
      memory.forEach((known, flagKey) => {
        const delivery = known[known.length - 1];
        const { enabled, variationKey } = delivery.decision;
        const value = enabled ? variationKey || "on" : "off";
        if (told.get(flagKey) === value || !eventOf(delivery)) return;
        mayDiffer = properties.length === PROPERTIES_PER_CALL;
        if (mayDiffer) return;
        told.set(flagKey, value);
        const name = propertyName.split("{flag}").join(flagKey);
        if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
          problem("property-name-rule");
        }
        if (name !== "uid") properties.push([name, value]);
      });
      return properties.length ? Object.fromEntries(properties) : void 0;
    },
    forgetProperties,
    renew() {
      const again = [];
      forgetProperties();
      memory.forEach((known, flagKey) => {
        const latest = known[known.length - 1];
        if (latest.outcome && latest.event !== null) again.push(latest);
        memory.set(
          flagKey,
          known.filter((delivery) => delivery === latest || !delivery.outcome)
        );
      });
      return again;
    }
  };
}

// src/fullstory/namespace.ts
function findNamespace(setting) {
  var _a;
  if (typeof window === "undefined") return setting || "FS";
  const { _fs_namespace: declared } = window;
  return setting || typeof declared === "string" && declared || ((_a = document.querySelector("script[data-fs-namespace]")) == null ? void 0 : _a.getAttribute("data-fs-namespace")) || "FS";
}

// src/fullstory/fullstory.ts
var SOURCE = "optimizely";
var BLOCKED_AFTER = 1e4;
var REFUSED = 5;
function createFullStory(namespace, onChange, problem) {
  let watched;
  let startedSession;
  let isRefused = false;
  let stubSince = 0;
  let observers = [];
  function find() {
    if (typeof window === "undefined") return void 0;
    const found = window[findNamespace(namespace)];
    return typeof found === "function" ? found : void 0;
  }
  function session() {
    var _a;
    const fullstory = find();
    if (!fullstory || isStub(fullstory)) return void 0;
    let url;
    try {
      url = (_a = fullstory.getCurrentSessionURL) == null ? void 0 : _a.call(fullstory);
    } catch {
    }
    if (url) return String(url);
    return startedSession === void 0 && !fullstory._api ? "" : startedSession;
  }
  function isStub(fullstory) {
    return !fullstory._api && Array.isArray(fullstory.q);
  }
  function state() {
    const fullstory = find();
    if (!fullstory) {
      stubSince = 0;
      return "absent";
    }
    if (isStub(fullstory)) {
      stubSince = stubSince || Date.now();
      return fullstory.q.push !== [].push || Date.now() - stubSince > BLOCKED_AFTER ? "blocked" : "loading";
    }
    return session() !== void 0 ? "capturing" : isRefused ? "refused" : "waiting";
  }
  function observe(fullstory, type, heard) {
    const answering = watched;
    const callback = (detail) => {
      if (watched !== answering) return;
      heard(detail);
      onChange();
    };
    observers.push(fullstory("observe", { type, callback }, SOURCE));
  }
  function disconnect() {
    watched = startedSession = void 0;
    for (const observer of observers) {
      try {
        observer.disconnect();
      } catch {
      }
    }
    observers = [];
  }
  function call(operation, options) {
    find()(operation, options, SOURCE);
  }
  return {
    namespace: () => findNamespace(namespace),
    state,
    session,
    watch() {
      const fullstory = find();
      const answering = fullstory && (fullstory._api || fullstory);
      if (!fullstory || answering === watched) return !!fullstory;
      disconnect();
      watched = answering;
      try {
        observe(fullstory, "start", ({ sessionUrl }) => {
          startedSession = sessionUrl || "";
          isRefused = false;
        });
        observe(fullstory, "shutdown", ({ reason }) => {
          startedSession = void 0;
          isRefused = reason === REFUSED;
        });
      } catch {
        problem("fullstory-throws");
      }
      return true;
    },
    setProperties(properties) {
      if (window.parent !== window) problem("child-frame");
      else call("setProperties", { type: "user", properties });
    },
    trackEvent(event) {
      call("trackEvent", event);
    },
    disconnect
  };
}

// src/global-at.ts
function globalAt(path) {
  try {
    return path.split(".").reduce((holder, key) => holder[key], window);
  } catch {
    return void 0;
  }
}

// src/optimizely/client.ts
function findNotificationCenter(client) {
  try {
    const { notificationCenter } = client;
    if (typeof notificationCenter.addNotificationListener === "function") return notificationCenter;
  } catch {
  }
  return void 0;
}

// src/optimizely/notification.ts
function textOrNull(key) {
  return typeof key === "string" && key ? key : null;
}
function readNotification(notification) {
  const { type, userId, decisionInfo } = notification;
  if (type !== "flag") return null;
  const flagKey = textOrNull(decisionInfo.flagKey);
  if (!flagKey) return void 0;
  return {
    userId: textOrNull(userId) || "",
    flagKey,
    variationKey: textOrNull(decisionInfo.variationKey),
    ruleKey: textOrNull(decisionInfo.ruleKey),
    enabled: decisionInfo.enabled === true,
    dispatched: decisionInfo.decisionEventDispatched === true,
    experimentId: textOrNull(decisionInfo.experimentId),
    variationId: textOrNull(decisionInfo.variationId),
    at: Date.now()
  };
}

// src/optimizely/listener.ts
var DECISION_TYPES = ["DECISION", "DECISION:type, userId, attributes, decisionInfo"];
function createDecisionListener(hear) {
  const listeners = /* @__PURE__ */ new Map();
  let unready = 0;
  let failure;
  function listen(notification) {
    let decision;
    try {
      decision = readNotification(notification);
    } catch {
    }
    if (decision !== null) hear(decision);
  }
  function awaitReady(client) {
    const fail = (error) => {
      unready--;
      failure = `${(error == null ? void 0 : error.message) || error}`;
    };
    unready++;
    new Promise((resolve) => {
      var _a;
      return resolve((_a = client.onReady) == null ? void 0 : _a.call(client));
    }).then((result) => {
      const { success, reason } = result || {};
      if (success === false) fail(reason);
      else unready--;
    }, fail);
  }
  return {
    connect(client) {
      const center = findNotificationCenter(client);
      if (!center) return false;
      for (const type of DECISION_TYPES) {
        if (listeners.has(center)) return true;
        try {
          const id = center.addNotificationListener(type, listen);
          if (id > 0) {
            listeners.set(center, id);
            awaitReady(client);
          }
        } catch {
        }
      }
      return listeners.has(center);
    },
    clients: () => listeners.size,
    sdk() {
      if (failure) return { state: "failed", reason: failure };
      return { state: unready ? "waiting" : listeners.size ? "ready" : "missing" };
    },
    disconnect() {
      listeners.forEach((id, center) => {
        center.removeNotificationListener(id);
      });
      listeners.clear();
    }
  };
}

// src/pace.ts
function createPace(perMinute, perSecond) {
  const calls = [];
  function untilFree(limit, span) {
    const blocking = calls[calls.length - limit];
    return blocking === void 0 ? 0 : Math.ceil(blocking + span - performance.now());
  }
  return {
    delay: () => Math.max(0, untilFree(perMinute, 6e4), untilFree(perSecond, 1e3)),
    spend() {
      calls.push(performance.now());
      if (calls.length > perMinute + perSecond) calls.shift();
    }
  };
}

// src/outbox.ts
var PROPERTY_CALLS_PER_MINUTE = 10;
var PROPERTY_CALLS_PER_SECOND = 2;
var EVENTS_PER_SECOND = 20;
var LATE = 1e3;
var RETRY = 500;
function createOutbox(bridge, destination, settings, report) {
  const eventPace = createPace(settings.eventsPerMinute, EVENTS_PER_SECOND);
  const propertyPace = createPace(PROPERTY_CALLS_PER_MINUTE, PROPERTY_CALLS_PER_SECOND);
  let queue = [];
  function settle(delivery, outcome) {
    const { decision } = delivery;
    if (!delivery.outcome) {
      delivery.outcome = outcome;
      report.counts[outcome]++;
    }
    report.explain(decision.flagKey + " = " + decision.variationKey + " \u2192 " + outcome);
  }
  function handOverNext(delivery) {
    const event = bridge.eventOf(delivery);
    const { at } = delivery.decision;
    if (event == null ? void 0 : event.name) {
      eventPace.spend();
      destination.trackEvent(
        Date.now() - at > LATE ? {
          name: event.name,
          properties: Object.assign({}, event.properties, { decided_at: new Date(at).toISOString() })
        } : event
      );
    }
    if (queue[0] === delivery) queue.shift();
    settle(delivery, event ? "sent" : "ignored");
  }
  return {
    add(deliveries, first) {
      queue = first ? deliveries.concat(queue) : queue.concat(deliveries);
      while (queue.length > settings.bufferSize) settle(queue.shift(), "dropped");
    },
    waiting: () => queue,
    handOver(unpaced) {
      const waitFor = (pace) => unpaced ? 0 : pace.delay();
      const propertyWait = waitFor(propertyPace);
      let wait = 0;
      try {
        const properties = propertyWait ? void 0 : bridge.newProperties();
        if (properties) {
          propertyPace.spend();
          destination.setProperties(properties);
        }
        while (queue[0]) {
          wait = settings.eventName ? waitFor(eventPace) : propertyWait;
          if (wait) return wait;
          handOverNext(queue[0]);
        }
      } catch {
        bridge.forgetProperties();
        report.problem("fullstory-throws");
        return RETRY;
      }
      return propertyWait || void 0;
    }
  };
}

// src/status.ts
var PREFIX = "[optimizely-fullstory] ";
function createReport() {
  const problems = [];
  function problem(code) {
    const isNew = problems.indexOf(code) < 0 && problems.length < 50;
    if (isNew) problems.push(code);
    return isNew;
  }
  const report = {
    counts: { seen: 0, sent: 0, duplicate: 0, ignored: 0, dropped: 0, recovered: 0 },
    problems,
    debug: false,
    problem,
    warn(code) {
      if (problem(code)) console.warn(PREFIX + code);
    },
    explain(step) {
      if (report.debug) console.log(PREFIX + step);
    }
  };
  return report;
}

// src/create-bridge.ts
var LOOK_AGAIN = 250;
function assembleBridge(sources, discover) {
  const report = createReport();
  const settings = readSettings(sources, report.warn);
  report.debug = settings.debug;
  const { beforeSend, client } = settings;
  const bridge = createDecisionBridge(
    settings,
    report,
    // Looked up when it is called: pages define theirs late.
    typeof beforeSend === "string" ? (event, decision) => globalAt(beforeSend)(event, decision) : beforeSend
  );
  const fullstory = createFullStory(settings.namespace, handOverSoon, report.problem);
  const outbox = createOutbox(bridge, fullstory, settings, report);
  const listener = createDecisionListener(hear);
  let latestSession = "";
  let isStarted = false;
  let stopDiscovery;
  let soon;
  let later;
  function hear(decision) {
    const delivery = decision && bridge.take(decision);
    if (delivery) {
      outbox.add([delivery]);
      handOverSoon();
    } else if (!decision) {
      report.counts.seen++;
      report.counts.ignored++;
      report.problem("decision-invalid");
    }
  }
  function handOverSoon() {
    soon = soon || setTimeout(handOver);
  }
  function handOver(isLeaving) {
    stopTimers();
    const isWatched = fullstory.watch();
    const session = fullstory.session();
    let wait = LOOK_AGAIN;
    if (session !== void 0) {
      if (session && session !== latestSession) {
        if (latestSession) outbox.add(bridge.renew(), true);
        latestSession = session;
      }
      wait = outbox.handOver(!!isLeaving);
    }
    if (!isWatched || wait && outbox.waiting().length) later = setTimeout(handOver, wait || LOOK_AGAIN);
  }
  function stopTimers() {
    clearTimeout(soon);
    clearTimeout(later);
    soon = void 0;
  }
  function connect(candidate) {
    start();
    return listener.connect(candidate);
  }
  function start() {
    if (isStarted || typeof window === "undefined") return;
    isStarted = true;
    window.addEventListener("pagehide", handOver);
    handOverSoon();
  }
  function problems() {
    const state = fullstory.state();
    const found = report.problems.slice();
    if (state === "absent" || state === "blocked" || state === "refused") found.push(`fullstory-${state}`);
    if (!listener.clients() && !report.counts.seen) found.push("client-missing");
    if (listener.sdk().state === "failed") found.push("sdk-not-ready");
    return found;
  }
  const api = {
    version,
    connect(candidate) {
      if (!connect(candidate)) report.problem("client-invalid");
      return candidate;
    },
    status() {
      fullstory.watch();
      const waiting = outbox.waiting().filter(({ outcome }) => !outcome).length;
      return {
        version,
        fullstory: fullstory.state(),
        namespace: fullstory.namespace(),
        session: fullstory.session() || null,
        clients: listener.clients(),
        sdk: listener.sdk(),
        decisions: Object.assign({ waiting }, report.counts),
        problems: problems()
      };
    },
    disconnect() {
      stopDiscovery == null ? void 0 : stopDiscovery();
      listener.disconnect();
      fullstory.disconnect();
      stopTimers();
      if (isStarted) window.removeEventListener("pagehide", handOver);
      isStarted = false;
    }
  };
  start();
  if (client && typeof client === "object") api.connect(client);
  if (discover) {
    stopDiscovery = discover(typeof client === "string" ? client : "", connect, report.problem);
  } else if (typeof client === "string") {
    report.warn("setting-wrong:client");
  }
  return api;
}

// src/index.ts
function createBridge(settings) {
  return assembleBridge([settings]);
}
export {
  createBridge
};
