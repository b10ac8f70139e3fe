"use strict";
(function() {
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
    beforeSend: [function(event) {
      return event;
    }, ANYTHING],
    eventsPerMinute: [40, /^([1-9]|[1-5]\d|60)$/],
    bufferSize: [1e3, /^[1-9]\d{0,4}$/],
    persist: [false, YES_OR_NO],
    debug: [false, YES_OR_NO],
    // Calls to make when the bridge runs; the drop-in takes them.
    queue: [null, ANYTHING]
  };
  function readValue(value, fallback, pattern) {
    var text = ("" + value).trim();
    var type = typeof fallback;
    if (value === null || typeof value !== type && typeof value !== "string" || !pattern.test(text)) {
      return void 0;
    }
    if (Array.isArray(fallback))
      return text.split(/\s*,\s*/).filter(Boolean);
    return type === "boolean" ? text !== "false" : type === "number" ? +text : value;
  }
  function readSettings(sources, warn) {
    var settings = {};
    var table = new Map(Object.entries(SETTINGS));
    table.forEach(function(_a, name) {
      var fallback = _a[0];
      settings[name] = fallback;
    });
    sources.forEach(function(source) {
      Object.keys(source || {}).forEach(function(name) {
        var setting = table.get(name);
        var value;
        try {
          var written = source[name];
          if (written === void 0)
            return;
          value = setting && readValue(written, setting[0], setting[1]);
        } catch (_a) {
        }
        if (value === void 0)
          warn((setting ? "setting-wrong:" : "setting-unknown:") + name);
        else
          settings[name] = value;
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
    var counts = report.counts, problems = report.problems;
    var propertyName = settings.propertyName, flags = settings.flags;
    var memory = /* @__PURE__ */ new Map();
    var told = /* @__PURE__ */ new Map();
    var mayDiffer = false;
    function isWanted(_a) {
      var flagKey = _a.flagKey, dispatched = _a.dispatched;
      if (!flagKey)
        problems.add("decision-invalid");
      return !!flagKey && (dispatched || !settings.impressionsOnly) && (!flags[0] || flags.some(function(flag) {
        return flag === flagKey || flag.endsWith("*") && flagKey.startsWith(flag.slice(0, -1));
      }));
    }
    function compose(decision) {
      var properties = {};
      EVENT_PROPERTIES.concat(settings.include).forEach(function(name) {
        var field = name.replace(/_(.)/, function(_, letter) {
          return letter.toUpperCase();
        });
        var value = decision[field];
        if (value !== null)
          properties[name] = value;
      });
      return { name: settings.eventName, properties: properties };
    }
    function eventOf(delivery) {
      var decision = delivery.decision;
      if (delivery.event === void 0) {
        try {
          var edited = beforeSend(compose(decision), Object.assign({}, decision));
          delivery.event = edited !== false && {
            // FullStory takes names of up to 250 characters. What is no text throws, as everything does that is no event.
            name: edited.name.slice(0, 250),
            // A copy, because the page may go on changing its own.
            properties: Object.assign({}, edited.properties)
          };
        } catch (_a) {
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
      take: function(decision) {
        var flagKey = decision.flagKey;
        counts.seen++;
        if (!isWanted(decision)) {
          counts.ignored++;
          return;
        }
        var known = memory.get(flagKey) || [];
        var earlier = settings.dedupe !== "none" && known.find(function(delivery) {
          return delivery.outcome !== "dropped" && isSameDecision(delivery.decision, decision);
        });
        var latest = earlier || { decision: decision };
        if (earlier)
          counts[earlier.event === false ? "ignored" : "duplicate"]++;
        if (latest !== known[0]) {
          memory.set(flagKey, [latest].concat(known.filter(function(other) {
            return other !== latest;
          })).slice(0, REMEMBERED_DECISIONS));
          if (memory.size > REMEMBERED_FLAGS)
            memory.delete(memory.keys().next().value);
          mayDiffer = true;
        }
        if (mayDiffer)
          onChange(earlier ? void 0 : latest);
      },
      eventOf: eventOf,
      newProperties: function() {
        var properties = [];
        if (mayDiffer && propertyName) {
          mayDiffer = false;
          memory.forEach(function(known, flagKey) {
            var delivery = known[0];
            var _a = delivery.decision, enabled = _a.enabled, variationKey = _a.variationKey;
            var value = enabled ? variationKey || "on" : "off";
            var name = propertyName.split("{flag}").join(flagKey);
            if (told.get(flagKey) === value || !eventOf(delivery))
              return;
            if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
              problems.add("property-name-rule");
            }
            if (properties.length === PROPERTIES_PER_CALL)
              mayDiffer = true;
            else if (told.set(flagKey, value) && name !== "uid")
              properties.push([name, value]);
          });
        }
        return properties[0] && Object.fromEntries(properties);
      },
      forgetProperties: forgetProperties,
      renew: function() {
        var again = [];
        forgetProperties();
        memory.forEach(function(known, flagKey) {
          var latest = known[0];
          if (latest.outcome && latest.event !== false)
            again.push(latest);
          memory.set(flagKey, known.filter(function(delivery) {
            return delivery === latest || !delivery.outcome;
          }));
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
    var watched;
    var observers = [];
    var startedSession;
    var isRefused = false;
    var stubSince = 0;
    function namespace() {
      var script = document.querySelector("script[data-fs-namespace]");
      var _fs_namespace = window._fs_namespace;
      return setting || _fs_namespace || script && script.dataset.fsNamespace || "FS";
    }
    function find() {
      var found = window[namespace()];
      return typeof found === "function" && found;
    }
    function session() {
      var fullstory = find();
      var url;
      if (!fullstory || fullstory.q && !fullstory._api)
        return void 0;
      try {
        url = fullstory.getCurrentSessionURL && fullstory.getCurrentSessionURL();
      } catch (_a) {
      }
      return url ? "" + url : fullstory._api ? startedSession : startedSession || "";
    }
    function state() {
      var fullstory = find();
      if (!fullstory)
        return "absent";
      if (session() !== void 0)
        return "capturing";
      if (fullstory._api)
        return isRefused ? "refused" : "waiting";
      stubSince = stubSince || Date.now();
      return fullstory.q.push !== [].push || Date.now() - stubSince > BLOCKED_AFTER ? "blocked" : "loading";
    }
    function disconnect() {
      watched = startedSession = void 0;
      observers.forEach(function(observer) {
        if (observer)
          observer.disconnect();
      });
      observers = [];
    }
    function call(operation, options) {
      return find()(operation, options, SOURCE);
    }
    return {
      namespace: namespace,
      state: state,
      session: session,
      watch: function() {
        var fullstory = find();
        var answering = fullstory && (fullstory._api || fullstory);
        if (answering && answering !== watched) {
          disconnect();
          watched = answering;
          try {
            ["start", "shutdown"].forEach(function(type) {
              var callback = function(_a) {
                var sessionUrl = _a.sessionUrl, reason = _a.reason;
                if (watched !== answering)
                  return;
                startedSession = type === "start" ? sessionUrl || "" : void 0;
                isRefused = reason === REFUSED;
                onChange();
              };
              observers.push(call("observe", { type: type, callback: callback }));
            });
          } catch (_a) {
            problems.add("fullstory-throws");
          }
        }
        return !!answering;
      },
      setProperties: function(properties) {
        if (window.parent !== window)
          problems.add("child-frame");
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

  // src/optimizely/notification.ts
  function textOrNull(key) {
    return typeof key === "string" && key ? key : null;
  }
  function readNotification(_a) {
    var userId = _a.userId, decisionInfo = _a.decisionInfo;
    var info = decisionInfo || {};
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
    var ids = /* @__PURE__ */ new Map();
    var unready = 0;
    var failure;
    function listen(notification) {
      var decision;
      try {
        if (notification.type !== "flag")
          return;
        decision = readNotification(notification);
      } catch (_a) {
        decision = readNotification({});
      }
      hear(decision);
    }
    function awaitReady(client) {
      unready++;
      new Promise(function(resolve) {
        return resolve(client.onReady && client.onReady());
      }).then(function(result) {
        var _a = result || {}, success = _a.success, reason = _a.reason;
        if (success === false)
          throw reason;
      }).catch(function(error) {
        failure = "" + (error && error.message || error);
      }).then(function() {
        unready--;
      });
    }
    return {
      connect: function(client) {
        try {
          var center_1 = client.notificationCenter;
          DECISION_TYPES.forEach(function(type) {
            var id = ids.has(center_1) ? 0 : center_1.addNotificationListener(type, listen);
            if (id > 0) {
              ids.set(center_1, id);
              awaitReady(client);
            }
          });
          return ids.has(center_1);
        } catch (_a) {
          return false;
        }
      },
      clients: function() {
        return ids.size;
      },
      sdk: function() {
        return failure ? { state: "failed", reason: failure } : { state: unready ? "waiting" : ids.size ? "ready" : "missing" };
      },
      disconnect: function() {
        ids.forEach(function(id, center) {
          center.removeNotificationListener(id);
        });
        ids.clear();
      }
    };
  }

  // src/pace.ts
  function createPace(perMinute, perSecond) {
    var calls = [];
    return {
      delay: function() {
        return Math.max(performance.now(), calls[perMinute - 1] + 6e4 || 0, calls[perSecond - 1] + 1e3 || 0) - performance.now();
      },
      spend: function() {
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
    var eventPace = createPace(settings.eventsPerMinute, EVENTS_PER_SECOND);
    var propertyPace = createPace(PROPERTY_CALLS_PER_MINUTE, PROPERTY_CALLS_PER_SECOND);
    var queue = [];
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
      while (queue.length > settings.bufferSize)
        settle(queue.shift(), "dropped");
    }
    return {
      add: function(delivery) {
        queue.push(delivery);
        dropOldest();
      },
      addFirst: function(deliveries) {
        queue = deliveries.concat(queue);
        dropOldest();
      },
      waiting: function() {
        return queue;
      },
      handOver: function(unpaced) {
        var delay = function(pace) {
          return unpaced ? 0 : pace.delay();
        };
        var propertyWait = 0;
        var wait = 0;
        try {
          for (; ; ) {
            propertyWait = delay(propertyPace);
            var properties = !propertyWait && bridge.newProperties();
            if (!properties)
              break;
            propertyPace.spend();
            destination.setProperties(properties);
          }
          for (var delivery = queue[0]; delivery; delivery = queue[0]) {
            var event = bridge.eventOf(delivery);
            var at = delivery.decision.at;
            wait = settings.eventName ? delay(eventPace) : propertyWait;
            if (wait)
              break;
            if (event && event.name) {
              if (Date.now() - at > LATE)
                event.properties.decided_at = new Date(at).toISOString();
              eventPace.spend();
              destination.trackEvent(event);
            }
            if (queue[0] === delivery)
              queue.shift();
            settle(delivery, event ? "sent" : "ignored");
          }
        } catch (_a) {
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
    var problems = /* @__PURE__ */ new Set();
    return {
      counts: { seen: 0, sent: 0, duplicate: 0, ignored: 0, dropped: 0, recovered: 0 },
      problems: problems,
      complain: function(code) {
        if (!problems.has(code))
          console.warn(PREFIX + code);
        problems.add(code);
      },
      explain: function(step) {
        console.log(PREFIX + step);
      }
    };
  }

  // src/create-bridge.ts
  var LOOK_AGAIN = 250;
  function assembleBridge(sources, attach) {
    var report = createReport();
    var counts = report.counts, problems = report.problems;
    var settings = readSettings(sources, report.complain);
    var beforeSend = settings.beforeSend;
    var bridge = createDecisionBridge(
      settings,
      report,
      // Looked up when it is called: pages define theirs late.
      typeof beforeSend === "string" ? function(event, decision) {
        return globalAt(beforeSend)(event, decision);
      } : beforeSend,
      // Runs inside the page's `decide()`.
      function(delivery) {
        if (delivery)
          outbox.add(delivery);
        handOverSoon();
      }
    );
    var fullstory = createFullStory(settings.namespace, problems, handOverSoon);
    var outbox = createOutbox(bridge, fullstory, settings, report);
    var listener = createDecisionListener(bridge.take);
    var latestSession = "";
    var isSoon = false;
    var timer;
    var stopAttaching;
    function handOverSoon() {
      if (!isSoon)
        handOverIn(0);
      isSoon = true;
    }
    function handOverIn(delay) {
      clearTimeout(timer);
      timer = setTimeout(handOver, delay);
    }
    function handOver(leaving) {
      var isWatched = fullstory.watch();
      var session = fullstory.session();
      var wait = isWatched && !outbox.waiting().length ? Infinity : LOOK_AGAIN;
      isSoon = false;
      if (session !== void 0) {
        if (latestSession && session && session !== latestSession)
          outbox.addFirst(bridge.renew());
        latestSession = session || latestSession;
        wait = outbox.handOver(!!leaving);
      }
      if (wait < Infinity)
        handOverIn(wait);
    }
    function connect(candidate) {
      start2();
      return listener.connect(candidate);
    }
    function start2() {
      addEventListener("pagehide", handOver);
      handOverSoon();
    }
    var api = {
      version: version,
      connect: function(candidate) {
        if (!connect(candidate))
          problems.add("client-invalid");
        return candidate;
      },
      status: function() {
        fullstory.watch();
        var state = fullstory.state();
        var sdk = listener.sdk();
        var clients = listener.clients();
        var found = Array.from(problems);
        if (/^[abr]/.test(state))
          found.push("fullstory-" + state);
        if (!clients && !counts.seen)
          found.push("client-missing");
        if (sdk.reason)
          found.push("sdk-not-ready");
        return {
          version: version,
          fullstory: state,
          namespace: fullstory.namespace(),
          session: fullstory.session() || null,
          clients: clients,
          sdk: sdk,
          decisions: Object.assign({ waiting: outbox.waiting().filter(function(_a) {
            var outcome = _a.outcome;
            return !outcome;
          }).length }, counts),
          problems: found
        };
      },
      disconnect: function() {
        if (stopAttaching)
          stopAttaching();
        listener.disconnect();
        fullstory.disconnect();
        clearTimeout(timer);
        removeEventListener("pagehide", handOver);
        isSoon = false;
      }
    };
    start2();
    stopAttaching = attach(settings.client, connect, problems);
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
    var getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor, defineProperty = Object.defineProperty;
    var before = getOwnPropertyDescriptor(page, name);
    var value = before && page[name];
    var get = function() {
      look(value);
      return value;
    };
    look(value);
    if (before && (before.get || !before.configurable))
      return void 0;
    defineProperty(page, name, {
      configurable: true,
      enumerable: true,
      get: get,
      set: function(next) {
        value = next;
        look(value);
      }
    });
    return function() {
      var now = getOwnPropertyDescriptor(page, name);
      if (!now || now.get !== get)
        return;
      delete page[name];
      if (value !== void 0)
        page[name] = value;
    };
  }

  // src/optimizely/discovery.ts
  var LOOK_AGAIN2 = 250;
  function discoverClients(client, connect, problems) {
    var name = typeof client === "string" && client;
    var wrapped = /* @__PURE__ */ new Set();
    var unwraps = [];
    var lookUps = [];
    var releases = [];
    var isFound = false;
    function offer(candidate, isNamed) {
      if (candidate && connect(candidate) && (isNamed || !name))
        isFound = true;
    }
    function wrapCreateInstance(sdk) {
      if (!sdk || wrapped.has(sdk.createInstance))
        return;
      unwraps.push(replaceMethod(sdk, "createInstance", function(original) {
        function createInstance() {
          var created = original.apply(this, arguments);
          offer(created);
          return created;
        }
        wrapped.add(createInstance);
        return createInstance;
      }));
    }
    function watch(global, look) {
      var lookSafely = function(value) {
        try {
          look(value);
        } catch (_a) {
          problems.add("global-locked:" + global);
        }
      };
      releases.push(watchGlobal(global, lookSafely));
      lookUps.push(function() {
        return lookSafely(window[global]);
      });
    }
    function restore(undos) {
      undos.forEach(function(undo) {
        if (undo)
          undo();
      });
    }
    function lookAround() {
      restore(lookUps);
      try {
        offer(optimizelyClientInstance);
      } catch (_a) {
      }
      try {
        offer(optimizelyClient);
      } catch (_b) {
      }
      if (isFound && document.readyState === "complete") {
        clearInterval(timer);
        restore(releases);
        releases = [];
      }
    }
    ["optimizelySdk", "optimizelyReactSdk"].forEach(function(global) {
      watch(global, function(sdk) {
        wrapCreateInstance(sdk);
        wrapCreateInstance(sdk && sdk.default);
      });
    });
    [name, "optimizelyClientInstance", "optimizelyClient"].forEach(function(path) {
      var keys = path ? path.split(".") : [];
      var global = keys.shift();
      if (!global)
        return;
      watch(global, function(value) {
        offer(keys.reduce(function(holder, key) {
          return holder && holder[key];
        }, value), path === name);
      });
    });
    var timer = setInterval(lookAround, LOOK_AGAIN2);
    if (client && !name)
      offer(client, true);
    lookAround();
    return function() {
      clearInterval(timer);
      restore(releases);
      restore(unwraps);
    };
  }

  // src/drop-in.ts
  function start(before) {
    if (before.version)
      return;
    var bridge = assembleBridge([before, (document.currentScript || {}).dataset], discoverClients);
    var dropIn = Object.assign(bridge, {
      queue: {
        push: function(call) {
          try {
            call(dropIn);
          } catch (error) {
            console.warn(error);
          }
        }
      }
    });
    try {
      window.optimizelyFullStory = dropIn;
    } catch (_a) {
    }
    if (Array.isArray(before.queue))
      before.queue.forEach(dropIn.queue.push);
  }
  start(window.optimizelyFullStory || {});
})();
