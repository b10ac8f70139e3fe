// package.json
var version = "0.1.0";

// src/decision.ts
function isSameDecision(one, other) {
  return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
}

// src/settings.ts
var DEFAULT_PROPERTY_NAME = "[Optimizely] {flag}";
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
  impressionsOnly: [false, YES_OR_NO],
  dedupe: ["page", /^(page|session|none)$/],
  include: [[], /^((user_id|experiment_id|variation_id|dispatched)(\s*,\s*|$))*$/],
  beforeSend: [(event) => event, ANYTHING],
  eventsPerMinute: [40, /^([1-9]|[1-5]\d|60)$/],
  bufferSize: [1e3, /^[1-9]\d{0,4}$/],
  persist: [false, YES_OR_NO],
  debug: [false, YES_OR_NO],
  // Calls to make when the bridge runs; the drop-in takes them.
  queue: [null, ANYTHING]
};
function readValue(value, fallback, pattern) {
  const text = ("" + value).trim();
  const type = typeof fallback;
  if (value === null || typeof value !== type && typeof value !== "string" || !pattern.test(text)) {
    return void 0;
  }
  if (Array.isArray(fallback)) return text.split(/\s*,\s*/).filter(Boolean);
  return type === "boolean" ? text !== "false" : type === "number" ? +text : value;
}
function readSettings(sources, warn) {
  const settings = {};
  const table = new Map(Object.entries(SETTINGS));
  table.forEach(([fallback], name) => {
    settings[name] = fallback;
  });
  sources.forEach((source) => {
    Object.keys(source || {}).forEach((name) => {
      const setting = table.get(name);
      let value;
      try {
        const written = source[name];
        if (written === void 0) return;
        value = setting && readValue(written, setting[0], setting[1]);
      } catch {
      }
      if (value === void 0) warn((setting ? "setting-wrong:" : "setting-unknown:") + name);
      else settings[name] = value;
    });
  });
  return settings;
}

// src/bridge.ts
var REMEMBERED_FLAGS = 5e3;
var REMEMBERED_DECISIONS = 50;
var PROPERTIES_PER_CALL = 1e3;
var EVENT_PROPERTIES = ["flag_key", "variation_key", "rule_key", "enabled"];
function createDecisionBridge(settings, report, beforeSend, onChange) {
  const { counts, problems } = report;
  const { propertyName, flags } = settings;
  const memory = /* @__PURE__ */ new Map();
  const told = /* @__PURE__ */ new Map();
  let mayDiffer = false;
  function isWanted({ flagKey, dispatched }) {
    if (!flagKey) problems.add("decision-invalid");
    return !!flagKey && (dispatched || !settings.impressionsOnly) && (!flags[0] || flags.some(
      (flag) => flag === flagKey || flag.endsWith("*") && flagKey.startsWith(flag.slice(0, -1))
    ));
  }
  function compose(decision) {
    const properties = {};
    EVENT_PROPERTIES.concat(settings.include).forEach((name) => {
      const field = name.replace(/_(.)/, (_, letter) => letter.toUpperCase());
      const value = decision[field];
      if (value !== null) properties[name] = value;
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
          name: edited.name.slice(0, 250),
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
  function forgetProperties() {
    told.clear();
    mayDiffer = true;
  }
  return {
    take(decision) {
      const { flagKey } = decision;
      counts.seen++;
      if (!isWanted(decision)) {
        counts.ignored++;
        return;
      }
      const known = memory.get(flagKey) || [];
      const earlier = settings.dedupe !== "none" && known.find(
        (delivery) => delivery.outcome !== "dropped" && isSameDecision(delivery.decision, decision)
      );
      const latest = earlier || { decision };
      if (earlier) counts[earlier.event === false ? "ignored" : "duplicate"]++;
      if (latest !== known[0]) {
        memory.set(
          flagKey,
          [latest].concat(known.filter((other) => other !== latest)).slice(0, REMEMBERED_DECISIONS)
        );
        if (memory.size > REMEMBERED_FLAGS) memory.delete(memory.keys().next().value);
        mayDiffer = true;
      }
      if (mayDiffer) onChange(earlier ? void 0 : latest);
    },
    eventOf,
    newProperties() {
      const properties = [];
      if (mayDiffer && propertyName) {
        mayDiffer = false;
        memory.forEach((known, flagKey) => {
          const delivery = known[0];
          const { enabled, variationKey } = delivery.decision;
          const value = enabled ? variationKey || "on" : "off";
          const name = propertyName.split("{flag}").join(flagKey);
          if (told.get(flagKey) === value || !eventOf(delivery)) return;
          if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
            problems.add("property-name-rule");
          }
          if (properties.length === PROPERTIES_PER_CALL) mayDiffer = true;
          else if (told.set(flagKey, value) && name !== "uid") properties.push([name, value]);
        });
      }
      return properties[0] && Object.fromEntries(properties);
    },
    forgetProperties,
    renew() {
      const again = [];
      forgetProperties();
      memory.forEach((known, flagKey) => {
        const latest = known[0];
        if (latest.outcome && latest.event !== false) again.push(latest);
        memory.set(
          flagKey,
          known.filter((delivery) => delivery === latest || !delivery.outcome)
        );
      });
      return again;
    }
  };
}

// src/fullstory/fullstory.ts
var SOURCE = "optimizely";
var BLOCKED_AFTER = 1e4;
var REFUSED = 5;
function createFullStory(setting, problems, onChange) {
  let watched;
  let observers = [];
  let startedSession;
  let isRefused = false;
  let stubSince = 0;
  function namespace() {
    const script = document.querySelector("script[data-fs-namespace]");
    const { _fs_namespace } = window;
    return setting || _fs_namespace || script && script.dataset.fsNamespace || "FS";
  }
  function find() {
    const found = window[namespace()];
    return typeof found === "function" && found;
  }
  function session() {
    const fullstory = find();
    let url;
    if (!fullstory || fullstory.q && !fullstory._api) return void 0;
    try {
      url = fullstory.getCurrentSessionURL && fullstory.getCurrentSessionURL();
    } catch {
    }
    return url ? "" + url : fullstory._api ? startedSession : startedSession || "";
  }
  function state() {
    const fullstory = find();
    if (!fullstory) return "absent";
    if (session() !== void 0) return "capturing";
    if (fullstory._api) return isRefused ? "refused" : "waiting";
    stubSince = stubSince || Date.now();
    return fullstory.q.push !== [].push || Date.now() - stubSince > BLOCKED_AFTER ? "blocked" : "loading";
  }
  function disconnect() {
    watched = startedSession = void 0;
    observers.forEach((observer) => {
      if (observer) observer.disconnect();
    });
    observers = [];
  }
  function call(operation, options) {
    return find()(operation, options, SOURCE);
  }
  return {
    namespace,
    state,
    session,
    watch() {
      const fullstory = find();
      const answering = fullstory && (fullstory._api || fullstory);
      if (answering && answering !== watched) {
        disconnect();
        watched = answering;
        try {
          ["start", "shutdown"].forEach((type) => {
            const callback = ({ sessionUrl, reason }) => {
              if (watched !== answering) return;
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
      return !!answering;
    },
    setProperties(properties) {
      if (window.parent !== window) problems.add("child-frame");
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

// src/optimizely/notification.ts
function textOrNull(key) {
  return typeof key === "string" && key ? key : null;
}
function readNotification({ userId, decisionInfo }) {
  const info = decisionInfo || {};
  return {
    userId: textOrNull(userId) || "",
    flagKey: textOrNull(info.flagKey) || "",
    variationKey: textOrNull(info.variationKey),
    ruleKey: textOrNull(info.ruleKey),
    enabled: info.enabled === true,
    dispatched: info.decisionEventDispatched === true,
    experimentId: textOrNull(info.experimentId),
    variationId: textOrNull(info.variationId),
    at: Date.now()
  };
}

// src/optimizely/listener.ts
var DECISION_TYPES = ["DECISION", "DECISION:type, userId, attributes, decisionInfo"];
function createDecisionListener(hear) {
  const ids = /* @__PURE__ */ new Map();
  let unready = 0;
  let failure;
  function listen(notification) {
    let decision;
    try {
      if (notification.type !== "flag") return;
      decision = readNotification(notification);
    } catch {
      decision = readNotification({});
    }
    hear(decision);
  }
  function awaitReady(client) {
    unready++;
    new Promise((resolve) => resolve(client.onReady && client.onReady())).then((result) => {
      const { success, reason } = result || {};
      if (success === false) throw reason;
    }).catch((error) => {
      failure = "" + (error && error.message || error);
    }).then(() => {
      unready--;
    });
  }
  return {
    connect(client) {
      try {
        const center = client.notificationCenter;
        DECISION_TYPES.forEach((type) => {
          const id = ids.has(center) ? 0 : center.addNotificationListener(type, listen);
          if (id > 0) {
            ids.set(center, id);
            awaitReady(client);
          }
        });
        return ids.has(center);
      } catch {
        return false;
      }
    },
    clients: () => ids.size,
    sdk: () => failure ? { state: "failed", reason: failure } : { state: unready ? "waiting" : ids.size ? "ready" : "missing" },
    disconnect() {
      ids.forEach((id, center) => {
        center.removeNotificationListener(id);
      });
      ids.clear();
    }
  };
}

// src/pace.ts
function createPace(perMinute, perSecond) {
  const calls = [];
  return {
    delay: () => Math.max(
      performance.now(),
      calls[perMinute - 1] + 6e4 || 0,
      calls[perSecond - 1] + 1e3 || 0
    ) - performance.now(),
    spend() {
      calls.unshift(performance.now());
      calls.length = Math.min(calls.length, 60);
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
    if (!delivery.outcome) {
      delivery.outcome = outcome;
      report.counts[outcome]++;
    }
    if (settings.debug) {
      report.explain(delivery.decision.flagKey + " = " + delivery.decision.variationKey + " \u2192 " + outcome);
    }
  }
  function dropOldest() {
    while (queue.length > settings.bufferSize) settle(queue.shift(), "dropped");
  }
  return {
    add(delivery) {
      queue.push(delivery);
      dropOldest();
    },
    addFirst(deliveries) {
      queue = deliveries.concat(queue);
      dropOldest();
    },
    waiting: () => queue,
    handOver(unpaced) {
      const delay = (pace) => unpaced ? 0 : pace.delay();
      let propertyWait = 0;
      let wait = 0;
      try {
        for (; ; ) {
          propertyWait = delay(propertyPace);
          const properties = !propertyWait && bridge.newProperties();
          if (!properties) break;
          propertyPace.spend();
          destination.setProperties(properties);
        }
        for (let delivery = queue[0]; delivery; delivery = queue[0]) {
          const event = bridge.eventOf(delivery);
          const { at } = delivery.decision;
          wait = settings.eventName ? delay(eventPace) : propertyWait;
          if (wait) break;
          if (event && event.name) {
            if (Date.now() - at > LATE) event.properties.decided_at = new Date(at).toISOString();
            eventPace.spend();
            destination.trackEvent(event);
          }
          if (queue[0] === delivery) queue.shift();
          settle(delivery, event ? "sent" : "ignored");
        }
      } catch {
        bridge.forgetProperties();
        report.problems.add("fullstory-throws");
        wait = RETRY;
      }
      return Math.min(propertyWait || Infinity, wait || Infinity);
    }
  };
}

// src/status.ts
var PREFIX = "[optimizely-fullstory] ";
function createReport() {
  const problems = /* @__PURE__ */ new Set();
  return {
    counts: { seen: 0, sent: 0, duplicate: 0, ignored: 0, dropped: 0, recovered: 0 },
    problems,
    complain(code) {
      if (!problems.has(code)) console.warn(PREFIX + code);
      problems.add(code);
    },
    explain(step) {
      console.log(PREFIX + step);
    }
  };
}

// src/create-bridge.ts
var LOOK_AGAIN = 250;
function assembleBridge(sources, attach) {
  const report = createReport();
  const { counts, problems } = report;
  const settings = readSettings(sources, report.complain);
  const { beforeSend } = settings;
  const bridge = createDecisionBridge(
    settings,
    report,
    // Looked up when it is called: pages define theirs late.
    typeof beforeSend === "string" ? (event, decision) => globalAt(beforeSend)(event, decision) : beforeSend,
    // Runs inside the page's `decide()`.
    (delivery) => {
      if (delivery) outbox.add(delivery);
      handOverSoon();
    }
  );
  const fullstory = createFullStory(settings.namespace, problems, handOverSoon);
  const outbox = createOutbox(bridge, fullstory, settings, report);
  const listener = createDecisionListener(bridge.take);
  let latestSession = "";
  let isSoon = false;
  let timer;
  let stopAttaching;
  function handOverSoon() {
    if (!isSoon) handOverIn(0);
    isSoon = true;
  }
  function handOverIn(delay) {
    clearTimeout(timer);
    timer = setTimeout(handOver, delay);
  }
  function handOver(leaving) {
    const isWatched = fullstory.watch();
    const session = fullstory.session();
    let wait = isWatched && !outbox.waiting().length ? Infinity : LOOK_AGAIN;
    isSoon = false;
    if (session !== void 0) {
      if (latestSession && session && session !== latestSession) outbox.addFirst(bridge.renew());
      latestSession = session || latestSession;
      wait = outbox.handOver(!!leaving);
    }
    if (wait < Infinity) handOverIn(wait);
  }
  function connect(candidate) {
    start();
    return listener.connect(candidate);
  }
  function start() {
    addEventListener("pagehide", handOver);
    handOverSoon();
  }
  const api = {
    version,
    connect(candidate) {
      if (!connect(candidate)) problems.add("client-invalid");
      return candidate;
    },
    status() {
      fullstory.watch();
      const state = fullstory.state();
      const sdk = listener.sdk();
      const clients = listener.clients();
      const found = Array.from(problems);
      if (/^[abr]/.test(state)) found.push("fullstory-" + state);
      if (!clients && !counts.seen) found.push("client-missing");
      if (sdk.reason) found.push("sdk-not-ready");
      return {
        version,
        fullstory: state,
        namespace: fullstory.namespace(),
        session: fullstory.session() || null,
        clients,
        sdk,
        decisions: Object.assign(
          { waiting: outbox.waiting().filter(({ outcome }) => !outcome).length },
          counts
        ),
        problems: found
      };
    },
    disconnect() {
      if (stopAttaching) stopAttaching();
      listener.disconnect();
      fullstory.disconnect();
      clearTimeout(timer);
      removeEventListener("pagehide", handOver);
      isSoon = false;
    }
  };
  start();
  stopAttaching = attach(settings.client, connect, problems);
  return api;
}

// src/index.ts
function createBridge(settings) {
  return assembleBridge([settings], (client, connect, problems) => {
    if (client && !connect(client)) problems.add("client-invalid");
    return void 0;
  });
}
export {
  createBridge
};
