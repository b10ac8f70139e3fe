"use strict";
(function() {
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
    var isText = typeof value === "string";
    if (Array.isArray(fallback)) {
      var items = isText ? value.trim().split(/\s*,\s*/).filter(Boolean) : value;
      var isItem = function(item) {
        return typeof item === "string" && pattern.test(item);
      };
      return Array.isArray(items) && items.every(isItem) ? items : void 0;
    }
    if (fallback === null)
      return value && /^[sof]/.test(typeof value) ? value : void 0;
    var type = typeof fallback;
    if (!isText && typeof value !== type || !pattern.test(value))
      return void 0;
    return type === "boolean" ? "".concat(value) !== "false" : type === "number" ? Number(value) : value;
  }
  function readSettings(sources, warn) {
    var settings = {};
    var table = new Map(Object.entries(SETTINGS));
    table.forEach(function(_a2, name2) {
      var fallback = _a2[0];
      settings[name2] = fallback;
    });
    for (var _i = 0, sources_1 = sources; _i < sources_1.length; _i++) {
      var source = sources_1[_i];
      for (var _a = 0, _b = Object.keys(source || {}); _a < _b.length; _a++) {
        var name = _b[_a];
        var setting = table.get(name);
        var value = void 0;
        try {
          var written = source[name];
          if (written === void 0)
            continue;
          value = setting && readValue(written, setting[0], setting[1]);
        } catch (_c) {
        }
        if (value !== void 0)
          settings[name] = value;
        else
          warn("setting-".concat(setting ? "wrong" : "unknown", ":").concat(name));
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
    var counts = report.counts, problem = report.problem;
    var propertyName = settings.propertyName, flags = settings.flags;
    var memory = /* @__PURE__ */ new Map();
    var told = /* @__PURE__ */ new Map();
    var mayDiffer = false;
    function isWanted(decision) {
      return (decision.dispatched || !settings.impressionsOnly) && (!flags.length || flags.some(function(flag) {
        return flag.slice(-1) === "*" ? decision.flagKey.indexOf(flag.slice(0, -1)) === 0 : flag === decision.flagKey;
      }));
    }
    function compose(decision) {
      var values = {
        flag_key: decision.flagKey,
        variation_key: decision.variationKey,
        rule_key: decision.ruleKey,
        enabled: decision.enabled,
        user_id: decision.userId,
        experiment_id: decision.experimentId,
        variation_id: decision.variationId,
        dispatched: decision.dispatched
      };
      var properties = {};
      EVENT_PROPERTIES.concat(settings.include).forEach(function(name) {
        if (values[name] !== null)
          properties[name] = values[name];
      });
      return { name: settings.eventName, properties: properties };
    }
    function edit(decision) {
      if (beforeSend) {
        try {
          var edited = beforeSend(compose(decision), Object.assign({}, decision));
          if (edited === false)
            return null;
          var event = { name: edited.name, properties: Object.assign({}, edited.properties) };
          if (typeof event.name === "string")
            return event;
        } catch (_a) {
        }
        problem("before-send");
      }
      return compose(decision);
    }
    function eventOf(delivery) {
      if (delivery.event === void 0)
        delivery.event = edit(delivery.decision);
      return delivery.event;
    }
    function forgetProperties() {
      told.clear();
      mayDiffer = true;
    }
    return {
      take: function(decision) {
        counts.seen++;
        if (!isWanted(decision)) {
          counts.ignored++;
          return void 0;
        }
        var known = memory.get(decision.flagKey);
        if (!known) {
          memory.set(decision.flagKey, known = []);
          if (memory.size > REMEMBERED_FLAGS)
            memory.delete(memory.keys().next().value);
        }
        var index = settings.dedupe === "none" ? -1 : known.length - 1;
        while (index >= 0) {
          var delivery_1 = known[index];
          if (delivery_1.outcome !== "dropped" && isSameDecision(delivery_1.decision, decision)) {
            counts[delivery_1.event === null ? "ignored" : "duplicate"]++;
            if (index < known.length - 1) {
              known.push(known.splice(index, 1)[0]);
              mayDiffer = true;
            }
            return void 0;
          }
          index--;
        }
        var delivery = { decision: decision };
        if (known.push(delivery) > REMEMBERED_DECISIONS)
          known.shift();
        mayDiffer = true;
        return delivery;
      },
      eventOf: eventOf,
      newProperties: function() {
        if (!mayDiffer || !propertyName)
          return void 0;
        mayDiffer = false;
        var properties = [];
        memory.forEach(function(known, flagKey) {
          var delivery = known[known.length - 1];
          var _a = delivery.decision, enabled = _a.enabled, variationKey = _a.variationKey;
          var value = enabled ? variationKey || "on" : "off";
          if (told.get(flagKey) === value || !eventOf(delivery))
            return;
          mayDiffer = properties.length === PROPERTIES_PER_CALL;
          if (mayDiffer)
            return;
          told.set(flagKey, value);
          var name = propertyName.split("{flag}").join(flagKey);
          if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
            problem("property-name-rule");
          }
          if (name !== "uid")
            properties.push([name, value]);
        });
        return properties.length ? Object.fromEntries(properties) : void 0;
      },
      forgetProperties: forgetProperties,
      renew: function() {
        var again = [];
        forgetProperties();
        memory.forEach(function(known, flagKey) {
          var latest = known[known.length - 1];
          if (latest.outcome && latest.event !== null)
            again.push(latest);
          memory.set(flagKey, known.filter(function(delivery) {
            return delivery === latest || !delivery.outcome;
          }));
        });
        return again;
      }
    };
  }

  // src/fullstory/namespace.ts
  function findNamespace(setting) {
    var _a;
    if (typeof window === "undefined")
      return setting || "FS";
    var declared = window._fs_namespace;
    return setting || typeof declared === "string" && declared || ((_a = document.querySelector("script[data-fs-namespace]")) === null || _a === void 0 ? void 0 : _a.getAttribute("data-fs-namespace")) || "FS";
  }

  // src/fullstory/fullstory.ts
  var SOURCE = "optimizely";
  var BLOCKED_AFTER = 1e4;
  var REFUSED = 5;
  function createFullStory(namespace, onChange, problem) {
    var watched;
    var startedSession;
    var isRefused = false;
    var stubSince = 0;
    var observers = [];
    function find() {
      if (typeof window === "undefined")
        return void 0;
      var found = window[findNamespace(namespace)];
      return typeof found === "function" ? found : void 0;
    }
    function session() {
      var _a;
      var fullstory = find();
      if (!fullstory || isStub(fullstory))
        return void 0;
      var url;
      try {
        url = (_a = fullstory.getCurrentSessionURL) === null || _a === void 0 ? void 0 : _a.call(fullstory);
      } catch (_b) {
      }
      if (url)
        return String(url);
      return startedSession === void 0 && !fullstory._api ? "" : startedSession;
    }
    function isStub(fullstory) {
      return !fullstory._api && Array.isArray(fullstory.q);
    }
    function state() {
      var fullstory = find();
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
      var answering = watched;
      var callback = function(detail) {
        if (watched !== answering)
          return;
        heard(detail);
        onChange();
      };
      observers.push(fullstory("observe", { type: type, callback: callback }, SOURCE));
    }
    function disconnect() {
      watched = startedSession = void 0;
      for (var _i = 0, observers_1 = observers; _i < observers_1.length; _i++) {
        var observer = observers_1[_i];
        try {
          observer.disconnect();
        } catch (_a) {
        }
      }
      observers = [];
    }
    function call(operation, options) {
      find()(operation, options, SOURCE);
    }
    return {
      namespace: function() {
        return findNamespace(namespace);
      },
      state: state,
      session: session,
      watch: function() {
        var fullstory = find();
        var answering = fullstory && (fullstory._api || fullstory);
        if (!fullstory || answering === watched)
          return !!fullstory;
        disconnect();
        watched = answering;
        try {
          observe(fullstory, "start", function(_a) {
            var sessionUrl = _a.sessionUrl;
            startedSession = sessionUrl || "";
            isRefused = false;
          });
          observe(fullstory, "shutdown", function(_a) {
            var reason = _a.reason;
            startedSession = void 0;
            isRefused = reason === REFUSED;
          });
        } catch (_a) {
          problem("fullstory-throws");
        }
        return true;
      },
      setProperties: function(properties) {
        if (window.parent !== window)
          problem("child-frame");
        else
          call("setProperties", { type: "user", properties: properties });
      },
      trackEvent: function(event) {
        call("trackEvent", event);
      },
      disconnect: disconnect
    };
  }

  // src/global-at.ts
  function globalAt(path) {
    try {
      return path.split(".").reduce(function(holder, key) {
        return holder[key];
      }, window);
    } catch (_a) {
      return void 0;
    }
  }

  // src/optimizely/client.ts
  function findNotificationCenter(client) {
    try {
      var notificationCenter = client.notificationCenter;
      if (typeof notificationCenter.addNotificationListener === "function")
        return notificationCenter;
    } catch (_a) {
    }
    return void 0;
  }

  // src/optimizely/notification.ts
  function textOrNull(key) {
    return typeof key === "string" && key ? key : null;
  }
  function readNotification(notification) {
    var _a = notification, type = _a.type, userId = _a.userId, decisionInfo = _a.decisionInfo;
    if (type !== "flag")
      return null;
    var flagKey = textOrNull(decisionInfo.flagKey);
    if (!flagKey)
      return void 0;
    return {
      userId: textOrNull(userId) || "",
      flagKey: flagKey,
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
    var listeners = /* @__PURE__ */ new Map();
    var unready = 0;
    var failure;
    function listen(notification) {
      var decision;
      try {
        decision = readNotification(notification);
      } catch (_a) {
      }
      if (decision !== null)
        hear(decision);
    }
    function awaitReady(client) {
      var fail = function(error) {
        unready--;
        failure = "".concat((error === null || error === void 0 ? void 0 : error.message) || error);
      };
      unready++;
      new Promise(function(resolve) {
        var _a;
        return resolve((_a = client.onReady) === null || _a === void 0 ? void 0 : _a.call(client));
      }).then(function(result) {
        var _a = result || {}, success = _a.success, reason = _a.reason;
        if (success === false)
          fail(reason);
        else
          unready--;
      }, fail);
    }
    return {
      connect: function(client) {
        var center = findNotificationCenter(client);
        if (!center)
          return false;
        for (var _i = 0, DECISION_TYPES_1 = DECISION_TYPES; _i < DECISION_TYPES_1.length; _i++) {
          var type = DECISION_TYPES_1[_i];
          if (listeners.has(center))
            return true;
          try {
            var id = center.addNotificationListener(type, listen);
            if (id > 0) {
              listeners.set(center, id);
              awaitReady(client);
            }
          } catch (_a) {
          }
        }
        return listeners.has(center);
      },
      clients: function() {
        return listeners.size;
      },
      sdk: function() {
        if (failure)
          return { state: "failed", reason: failure };
        return { state: unready ? "waiting" : listeners.size ? "ready" : "missing" };
      },
      disconnect: function() {
        listeners.forEach(function(id, center) {
          center.removeNotificationListener(id);
        });
        listeners.clear();
      }
    };
  }

  // src/pace.ts
  function createPace(perMinute, perSecond) {
    var calls = [];
    function untilFree(limit, span) {
      var blocking = calls[calls.length - limit];
      return blocking === void 0 ? 0 : Math.ceil(blocking + span - performance.now());
    }
    return {
      delay: function() {
        return Math.max(0, untilFree(perMinute, 6e4), untilFree(perSecond, 1e3));
      },
      spend: function() {
        calls.push(performance.now());
        if (calls.length > perMinute + perSecond)
          calls.shift();
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
    var eventPace = createPace(settings.eventsPerMinute, EVENTS_PER_SECOND);
    var propertyPace = createPace(PROPERTY_CALLS_PER_MINUTE, PROPERTY_CALLS_PER_SECOND);
    var queue = [];
    function settle(delivery, outcome) {
      var decision = delivery.decision;
      if (!delivery.outcome) {
        delivery.outcome = outcome;
        report.counts[outcome]++;
      }
      report.explain(decision.flagKey + " = " + decision.variationKey + " \u2192 " + outcome);
    }
    function handOverNext(delivery) {
      var event = bridge.eventOf(delivery);
      var at = delivery.decision.at;
      if (event === null || event === void 0 ? void 0 : event.name) {
        eventPace.spend();
        destination.trackEvent(Date.now() - at > LATE ? {
          name: event.name,
          properties: Object.assign({}, event.properties, { decided_at: new Date(at).toISOString() })
        } : event);
      }
      if (queue[0] === delivery)
        queue.shift();
      settle(delivery, event ? "sent" : "ignored");
    }
    return {
      add: function(deliveries, first) {
        queue = first ? deliveries.concat(queue) : queue.concat(deliveries);
        while (queue.length > settings.bufferSize)
          settle(queue.shift(), "dropped");
      },
      waiting: function() {
        return queue;
      },
      handOver: function(unpaced) {
        var waitFor = function(pace) {
          return unpaced ? 0 : pace.delay();
        };
        var propertyWait = waitFor(propertyPace);
        var wait = 0;
        try {
          var properties = propertyWait ? void 0 : bridge.newProperties();
          if (properties) {
            propertyPace.spend();
            destination.setProperties(properties);
          }
          while (queue[0]) {
            wait = settings.eventName ? waitFor(eventPace) : propertyWait;
            if (wait)
              return wait;
            handOverNext(queue[0]);
          }
        } catch (_a) {
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
    var problems = [];
    function problem(code) {
      var isNew = problems.indexOf(code) < 0 && problems.length < 50;
      if (isNew)
        problems.push(code);
      return isNew;
    }
    var report = {
      counts: { seen: 0, sent: 0, duplicate: 0, ignored: 0, dropped: 0, recovered: 0 },
      problems: problems,
      debug: false,
      problem: problem,
      warn: function(code) {
        if (problem(code))
          console.warn(PREFIX + code);
      },
      explain: function(step) {
        if (report.debug)
          console.log(PREFIX + step);
      }
    };
    return report;
  }

  // src/create-bridge.ts
  var LOOK_AGAIN = 250;
  function assembleBridge(sources, discover) {
    var report = createReport();
    var settings = readSettings(sources, report.warn);
    report.debug = settings.debug;
    var beforeSend = settings.beforeSend, client = settings.client;
    var bridge = createDecisionBridge(
      settings,
      report,
      // Looked up when it is called: pages define theirs late.
      typeof beforeSend === "string" ? function(event, decision) {
        return globalAt(beforeSend)(event, decision);
      } : beforeSend
    );
    var fullstory = createFullStory(settings.namespace, handOverSoon, report.problem);
    var outbox = createOutbox(bridge, fullstory, settings, report);
    var listener = createDecisionListener(hear);
    var latestSession = "";
    var isStarted = false;
    var stopDiscovery;
    var soon;
    var later;
    function hear(decision) {
      var delivery = decision && bridge.take(decision);
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
      var isWatched = fullstory.watch();
      var session = fullstory.session();
      var wait = LOOK_AGAIN;
      if (session !== void 0) {
        if (session && session !== latestSession) {
          if (latestSession)
            outbox.add(bridge.renew(), true);
          latestSession = session;
        }
        wait = outbox.handOver(!!isLeaving);
      }
      if (!isWatched || wait && outbox.waiting().length)
        later = setTimeout(handOver, wait || LOOK_AGAIN);
    }
    function stopTimers() {
      clearTimeout(soon);
      clearTimeout(later);
      soon = void 0;
    }
    function connect(candidate) {
      start2();
      return listener.connect(candidate);
    }
    function start2() {
      if (isStarted || typeof window === "undefined")
        return;
      isStarted = true;
      window.addEventListener("pagehide", handOver);
      handOverSoon();
    }
    function problems() {
      var state = fullstory.state();
      var found = report.problems.slice();
      if (state === "absent" || state === "blocked" || state === "refused")
        found.push("fullstory-".concat(state));
      if (!listener.clients() && !report.counts.seen)
        found.push("client-missing");
      if (listener.sdk().state === "failed")
        found.push("sdk-not-ready");
      return found;
    }
    var api = {
      version: version,
      connect: function(candidate) {
        if (!connect(candidate))
          report.problem("client-invalid");
        return candidate;
      },
      status: function() {
        fullstory.watch();
        var waiting = outbox.waiting().filter(function(_a) {
          var outcome = _a.outcome;
          return !outcome;
        }).length;
        return {
          version: version,
          fullstory: fullstory.state(),
          namespace: fullstory.namespace(),
          session: fullstory.session() || null,
          clients: listener.clients(),
          sdk: listener.sdk(),
          decisions: Object.assign({ waiting: waiting }, report.counts),
          problems: problems()
        };
      },
      disconnect: function() {
        stopDiscovery === null || stopDiscovery === void 0 ? void 0 : stopDiscovery();
        listener.disconnect();
        fullstory.disconnect();
        stopTimers();
        if (isStarted)
          window.removeEventListener("pagehide", handOver);
        isStarted = false;
      }
    };
    start2();
    if (client && typeof client === "object")
      api.connect(client);
    if (discover) {
      stopDiscovery = discover(typeof client === "string" ? client : "", connect, report.problem);
    } else if (typeof client === "string") {
      report.warn("setting-wrong:client");
    }
    return api;
  }

  // src/replace-method.ts
  function replaceMethod(holder, name, make) {
    var methods = holder;
    var original = methods[name];
    if (typeof original !== "function")
      return void 0;
    var replacement = make(original);
    methods[name] = replacement;
    if (methods[name] !== replacement)
      throw name;
    return function() {
      if (methods[name] === replacement)
        methods[name] = original;
    };
  }

  // src/optimizely/watch-global.ts
  function watchGlobal(name, look) {
    var page = window;
    var before = Object.getOwnPropertyDescriptor(page, name);
    var isSet = !!before;
    var value = before && page[name];
    if (isSet)
      look(value);
    var get = function() {
      look(value);
      return value;
    };
    try {
      if (before === null || before === void 0 ? void 0 : before.get)
        return void 0;
      Object.defineProperty(page, name, {
        configurable: true,
        enumerable: true,
        get: get,
        set: function(next) {
          isSet = true;
          value = next;
          look(next);
        }
      });
    } catch (_a) {
      return void 0;
    }
    return function() {
      var _a;
      if (((_a = Object.getOwnPropertyDescriptor(page, name)) === null || _a === void 0 ? void 0 : _a.get) !== get)
        return;
      if (isSet) {
        Object.defineProperty(page, name, { configurable: true, enumerable: true, writable: true, value: value });
      } else {
        delete page[name];
      }
    };
  }

  // src/optimizely/discovery.ts
  var SDK_GLOBALS = ["optimizelySdk", "optimizelyReactSdk"];
  var FIRST_WAIT = 50;
  var LONGEST_WAIT = 2e3;
  function discoverClients(name, connect, problem) {
    var wrapped = /* @__PURE__ */ new Set();
    var unwraps = [];
    var releases = [];
    var missing = name;
    var isFound = false;
    var timer;
    function offer(client) {
      var isClient = !!findNotificationCenter(client) && connect(client);
      isFound = isFound || isClient;
      return isClient;
    }
    function wrapCreateInstance(sdk) {
      if (!sdk || wrapped.has(sdk.createInstance))
        return;
      var unwrap = replaceMethod(sdk, "createInstance", function(original) {
        function createInstance() {
          var configuration = [];
          for (var _i2 = 0; _i2 < arguments.length; _i2++) {
            configuration[_i2] = arguments[_i2];
          }
          var client = original.apply(this, configuration);
          offer(client);
          return client;
        }
        wrapped.add(createInstance);
        return createInstance;
      });
      if (unwrap)
        unwraps.push(unwrap);
    }
    function lookUpName() {
      var path = missing;
      missing = "";
      if (path && !offer(globalAt(path)))
        missing = path;
    }
    function watch(global2, look) {
      var release2 = watchGlobal(global2, look);
      if (release2)
        releases.push(release2);
    }
    function release() {
      for (var _i2 = 0, releases_1 = releases; _i2 < releases_1.length; _i2++) {
        var restore = releases_1[_i2];
        restore();
      }
      releases = [];
    }
    function lookAround(wait) {
      lookUpName();
      try {
        offer(optimizelyClientInstance);
      } catch (_a) {
      }
      try {
        offer(optimizelyClient);
      } catch (_b) {
      }
      if (isFound && !missing && document.readyState === "complete")
        release();
      else
        timer = setTimeout(lookAround, wait, Math.min(wait * 2, LONGEST_WAIT));
    }
    var _loop_1 = function(global2) {
      watch(global2, function(exports) {
        try {
          wrapCreateInstance(exports);
          wrapCreateInstance(exports === null || exports === void 0 ? void 0 : exports.default);
        } catch (_a) {
          problem("sdk-locked:".concat(global2));
        }
      });
    };
    for (var _i = 0, SDK_GLOBALS_1 = SDK_GLOBALS; _i < SDK_GLOBALS_1.length; _i++) {
      var global = SDK_GLOBALS_1[_i];
      _loop_1(global);
    }
    watch("optimizelyClientInstance", offer);
    watch("optimizelyClient", offer);
    if (name)
      watch(name.split(".")[0], lookUpName);
    lookAround(FIRST_WAIT);
    return function() {
      clearTimeout(timer);
      release();
      for (var _i2 = 0, unwraps_1 = unwraps; _i2 < unwraps_1.length; _i2++) {
        var unwrap = unwraps_1[_i2];
        unwrap();
      }
    };
  }

  // src/drop-in.ts
  var GLOBAL = "optimizelyFullStory";
  var FOREIGN_ATTRIBUTE = /^(nscript|turbo|cf|cookie|category|ot|uc|n[A-Z])/;
  function readAttributes() {
    var attributes = {};
    var dataset = (document.currentScript || {}).dataset;
    for (var _i = 0, _a = Object.keys(dataset || {}); _i < _a.length; _i++) {
      var name = _a[_i];
      if (!FOREIGN_ATTRIBUTE.test(name))
        attributes[name] = dataset[name];
    }
    return attributes;
  }
  function start() {
    var _a;
    var page = window;
    var before = page[GLOBAL];
    if (before === null || before === void 0 ? void 0 : before.version)
      return;
    var queue = before === null || before === void 0 ? void 0 : before.queue;
    var bridge = assembleBridge([before, readAttributes()], discoverClients);
    var dropIn = Object.assign(bridge, {
      queue: {
        push: function() {
          var calls = [];
          for (var _i = 0; _i < arguments.length; _i++) {
            calls[_i] = arguments[_i];
          }
          for (var _a2 = 0, calls_1 = calls; _a2 < calls_1.length; _a2++) {
            var call = calls_1[_a2];
            try {
              call(dropIn);
            } catch (error) {
              console.warn("[optimizely-fullstory]", error);
            }
          }
        }
      }
    });
    try {
      page[GLOBAL] = dropIn;
    } catch (_b) {
    }
    if (Array.isArray(queue))
      (_a = dropIn.queue).push.apply(_a, queue);
  }
  start();
})();
