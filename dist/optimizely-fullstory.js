"use strict";
(function() {
  // src/optimizely/replace-method.ts
  function replaceMethod(holder, name, make) {
    var methods = holder;
    var original = methods[name];
    if (typeof original !== "function")
      return function() {
      };
    var isOwn = !!Object.getOwnPropertyDescriptor(methods, name);
    var replacement = make(original);
    methods[name] = replacement;
    if (methods[name] !== replacement)
      throw name;
    return function() {
      if (methods[name] !== replacement)
        return;
      if (isOwn)
        methods[name] = original;
      else
        delete methods[name];
    };
  }

  // src/optimizely/watch-global.ts
  function watchGlobal(name, look) {
    var page = window;
    var before = Object.getOwnPropertyDescriptor(page, name);
    var value = before && before.value;
    var get = function() {
      look(value);
      return value;
    };
    look(value);
    if (!before || before.writable && before.configurable) {
      Object.defineProperty(page, name, {
        configurable: true,
        get: get,
        set: function(next) {
          value = next;
          look(value);
        }
      });
    }
    return function() {
      var now = Object.getOwnPropertyDescriptor(page, name);
      if (now && now.get === get) {
        delete page[name];
        if (value !== void 0)
          page[name] = value;
      }
    };
  }

  // src/optimizely/discovery.ts
  var LOOK_AGAIN = 250;
  function discoverClients(client, connect, problems) {
    var name = typeof client === "string" && client;
    var wrapped = /* @__PURE__ */ new Set();
    var looks = [function() {
      return offer(optimizelyClientInstance);
    }, function() {
      return offer(optimizelyClient);
    }];
    var undos = [];
    var unwraps = [];
    var isFound = false;
    function offer(candidate, isNamed, isNew) {
      if (candidate && connect(candidate, isNew) && (isNamed || !name))
        isFound = true;
    }
    function wrapCreateInstance(sdk) {
      if (!sdk || !sdk.createInstance || wrapped.has(sdk.createInstance))
        return;
      unwraps.push(replaceMethod(sdk, "createInstance", function(original) {
        function createInstance() {
          var created = original.apply(this, arguments);
          offer(created, false, true);
          return created;
        }
        wrapped.add(createInstance);
        return createInstance;
      }));
    }
    function watch(path) {
      var _a = path.split("."), global = _a[0], keys = _a.slice(1);
      var look = function(value) {
        try {
          var candidate_1 = value;
          keys.forEach(function(key) {
            candidate_1 = candidate_1 && candidate_1[key];
          });
          offer(candidate_1, path === name);
          wrapCreateInstance(value);
          wrapCreateInstance(value && value.default);
        } catch (_a2) {
          problems.add("global-locked:" + global);
        }
      };
      undos.push(watchGlobal(global, look));
      looks.push(function() {
        return look(window[global]);
      });
    }
    function lookAround() {
      looks.forEach(function(look) {
        try {
          look();
        } catch (_a) {
        }
      });
      if (isFound && document.readyState === "complete")
        stop();
    }
    function stop() {
      clearInterval(timer);
      undos.splice(0).forEach(function(undo) {
        undo();
      });
    }
    if (name)
      watch(name);
    ["optimizelySdk", "optimizelyReactSdk", "optimizelyClientInstance", "optimizelyClient"].forEach(watch);
    var timer = setInterval(lookAround, LOOK_AGAIN);
    lookAround();
    if (isFound)
      problems.add("client-late");
    if (client && !name)
      offer(client, true);
    return function() {
      stop();
      unwraps.forEach(function(unwrap) {
        unwrap();
      });
    };
  }

  // src/camel-case.ts
  function camelCase(name) {
    return name.replace(/_(.)/g, function(_, letter) {
      return letter.toUpperCase();
    });
  }

  // src/decision.ts
  function isSameDecision(one, other) {
    return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
  }
  function decisionKey(decision) {
    var userId = decision.userId, flagKey = decision.flagKey, variationKey = decision.variationKey, ruleKey = decision.ruleKey, enabled = decision.enabled;
    return JSON.stringify([userId, flagKey, variationKey, ruleKey, enabled]);
  }

  // src/settings.ts
  var DEFAULT_PROPERTY_NAME = "[Optimizely] {flag}";
  var unchanged = function(event) {
    return event;
  };
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
    var text = ("" + value).trim();
    var type = typeof fallback;
    if (value === null || typeof value !== type && typeof value !== "string" || !pattern.test(text)) {
      throw text;
    }
    if (Array.isArray(fallback))
      return text.split(/\s*,\s*/).filter(Boolean);
    return type === "boolean" ? text !== "false" : type === "number" ? +text : value;
  }
  function readSettings(sources, warn) {
    var settings = {};
    Object.entries(SETTINGS).forEach(function(_a) {
      var name = _a[0], _b = _a[1], fallback = _b[0], pattern = _b[1];
      settings[name] = fallback;
      sources.forEach(function(source) {
        try {
          var written = (source || {})[name];
          if (written !== void 0)
            settings[name] = readValue(written, fallback, pattern);
        } catch (_a2) {
          warn("setting-wrong:" + name);
        }
      });
    });
    Object.keys(sources[0] || {}).forEach(function(name) {
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
    var counts = report.counts, problems = report.problems;
    var propertyName = settings.propertyName, flags = settings.flags;
    var memory = /* @__PURE__ */ new Map();
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
      ["flag_key", "variation_key", "rule_key", "enabled"].concat(settings.include).forEach(function(name) {
        var value = decision[camelCase(name)];
        if (value || value === false)
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
            name: edited.name.substring(0, 250),
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
    return {
      take: function(decision, isRecovered, mayBeKnown) {
        var flagKey = decision.flagKey;
        var flag = memory.get(flagKey);
        var same = flag && flag.deliveries.find(function(other) {
          return isSameDecision(other.decision, decision);
        });
        if (mayBeKnown && same)
          return;
        var delivery = report.see(decision);
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
          if (memory.size > REMEMBERED_FLAGS)
            memory.delete(memory.keys().next().value);
        }
        var deliveries = flag.deliveries;
        var earlier = settings.dedupe !== "none" && same && !same.isLost && same;
        var latest = earlier || delivery;
        var holder = deliveries[0];
        if (earlier)
          report.settle(delivery, earlier.event === false ? "ignored" : "duplicate", decision.at);
        if (latest === holder)
          return;
        latest.flag = flag;
        if (same)
          deliveries.splice(deliveries.indexOf(same), 1);
        deliveries.splice(isRecovered && holder && holder.decision.at > decision.at ? 1 : 0, 0, latest);
        deliveries.splice(REMEMBERED_DECISIONS);
        onChange(earlier ? void 0 : latest);
      },
      eventOf: eventOf,
      tellProperties: function(tell) {
        var changes = [];
        memory.forEach(function(flag, flagKey) {
          var delivery = flag.deliveries[0];
          var decision = delivery.decision;
          var value = decision.enabled ? decision.variationKey || "on" : "off";
          if (!propertyName || flag.told === value)
            return;
          if (beforeSend !== unchanged && !eventOf(delivery))
            return;
          var name = propertyName.split("{flag}").join(flagKey);
          if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
            problems.add("property-name-rule");
          }
          if (name !== "uid")
            changes.push([name, value, flag]);
        });
        changes.splice(PROPERTIES_PER_CALL);
        if (!changes[0])
          return false;
        tell(Object.fromEntries(changes));
        changes.forEach(function(_a) {
          var value = _a[1], flag = _a[2];
          flag.told = value;
        });
        return true;
      },
      renew: function() {
        var again = [];
        memory.forEach(function(flag) {
          var latest = flag.deliveries[0];
          var isWaiting = function(delivery) {
            return delivery.outcome === "waiting" && !delivery.isLost;
          };
          if (!isWaiting(latest) && latest.event !== false) {
            latest.isLost = false;
            again.push(latest);
          }
          flag.deliveries = flag.deliveries.filter(function(delivery) {
            return delivery === latest || isWaiting(delivery);
          });
          flag.told = void 0;
        });
        return again;
      }
    };
  }

  // src/delivery/rate-limit.ts
  function delay(calls, _a) {
    var perMinute = _a[0], perSecond = _a[1];
    var now = performance.now();
    var wait = function(most, span) {
      return calls[most - 1] + span - now || 0;
    };
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
      var stored = JSON.parse(window[area].getItem(KEY));
      if (Array.isArray(stored))
        return stored;
    } catch (error) {
      if (!(error instanceof SyntaxError))
        problems.add("storage");
    }
    return [];
  }
  function writeStored(area, list, problems) {
    try {
      window[area].setItem(KEY, JSON.stringify(list));
      return true;
    } catch (_a) {
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
  var LOOK_AGAIN2 = 250;
  function createOutbox(bridge, destination, settings, report) {
    var problems = report.problems;
    var events = [];
    var properties = [];
    var queue = [];
    var latestSession = "";
    function dropOldest() {
      while (queue.length > settings.bufferSize) {
        var oldest = queue.shift();
        oldest.isLost = true;
        report.settle(oldest, "dropped", Date.now());
      }
    }
    function readSession(session) {
      var stored = readStored("localStorage", problems);
      return stored[0] === session ? stored : [session];
    }
    function tell(changed) {
      spend(properties);
      destination.setProperties(changed);
    }
    return {
      add: function(delivery) {
        queue.push(delivery);
        dropOldest();
      },
      release: function(keep) {
        var decisions = queue.map(function(_a) {
          var decision = _a.decision;
          return decision;
        });
        var lastOfFlag = /* @__PURE__ */ new Map();
        queue.forEach(function(delivery) {
          lastOfFlag.set(delivery.flag, delivery);
        });
        lastOfFlag.forEach(function(last) {
          var holder = last.flag.deliveries[0];
          if (holder !== last)
            decisions.push(holder.decision);
        });
        if (!queue[0])
          return true;
        if (!keep(decisions))
          return false;
        queue.forEach(function(delivery) {
          delivery.isLost = true;
        });
        report.forgetWaiting();
        queue = [];
        return true;
      },
      handOver: function(isLeaving) {
        destination.watch();
        var _a = destination.look(), state = _a.state, session = _a.session;
        if (session === void 0) {
          queue.forEach(function(delivery2) {
            if (delivery2.waitsFor !== state)
              report.explain(delivery2.decision, "waiting: FullStory is " + state);
            delivery2.waitsFor = state;
          });
          return queue[0] || state === "absent" ? LOOK_AGAIN2 : Infinity;
        }
        if (latestSession && session && session !== latestSession) {
          queue = bridge.renew().concat(queue.filter(function(_a2) {
            var outcome = _a2.outcome;
            return outcome === "waiting";
          }));
          dropOldest();
        }
        latestSession = session || latestSession;
        var isShared = session && settings.dedupe === "session";
        var wait = function(calls, ours, all) {
          return isLeaving && !settings.persist ? 0 : delay(calls, isLeaving ? all : ours);
        };
        var delivery;
        var propertyWait = 0;
        var eventWait = 0;
        try {
          for (; ; ) {
            propertyWait = wait(properties, OUR_PROPERTY_LIMITS, PROPERTY_LIMITS);
            if (propertyWait || !bridge.tellProperties(tell))
              break;
            if (!isLeaving && queue[EVENTS_PER_SECOND])
              return 0;
          }
          for (var most = 2 * settings.bufferSize; queue[0] && most; most--) {
            delivery = queue.shift();
            var decision = delivery.decision;
            var event = bridge.eventOf(delivery);
            var key = decisionKey(decision);
            var now = Date.now();
            var shared = isShared ? readSession(session) : [];
            var isKnown = shared.includes(key);
            var name = event && !isKnown && event.name;
            eventWait = name || settings.eventName ? wait(events, [settings.eventsPerMinute, EVENTS_PER_SECOND], EVENT_LIMITS) : propertyWait;
            if (eventWait)
              break;
            if (name) {
              if (now - decision.at > LATE)
                event.properties.decided_at = new Date(decision.at).toISOString();
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
        } catch (_b) {
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
    var watched;
    var watchedSince = 0;
    var observers = [];
    var startedSession;
    var isRefused = false;
    function findNamespace() {
      var script = document.querySelector("script[data-fs-namespace]");
      var _fs_namespace = window._fs_namespace;
      return setting || _fs_namespace || script && script.dataset.fsNamespace || "FS";
    }
    function find() {
      try {
        var found = window[findNamespace()];
        return typeof found === "function" && found;
      } catch (_a) {
        return false;
      }
    }
    function look() {
      var fullstory = find();
      var session = "";
      if (!fullstory)
        return { state: "absent" };
      if (fullstory.q && !fullstory._api) {
        var isBlocked = fullstory.q.push !== [].push || watched && Date.now() - watchedSince > BLOCKED_AFTER;
        return { state: isBlocked ? "blocked" : "loading" };
      }
      try {
        session = "" + (fullstory.getCurrentSessionURL() || "");
      } catch (_a) {
      }
      return session || startedSession !== void 0 || !fullstory._api ? { state: "capturing", session: session || startedSession || "" } : { state: isRefused ? "refused" : "waiting" };
    }
    function unwatch() {
      watched = startedSession = void 0;
      try {
        observers.splice(0).forEach(function(observer) {
          observer.disconnect();
        });
      } catch (_a) {
      }
    }
    function call(operation, options) {
      return find()(operation, options, SOURCE);
    }
    return {
      findNamespace: findNamespace,
      look: look,
      watch: function() {
        var fullstory = find();
        var answering = fullstory && (fullstory._api || fullstory);
        if (answering && answering !== watched) {
          unwatch();
          watched = answering;
          watchedSince = Date.now();
          try {
            ["start", "shutdown"].forEach(function(type) {
              var callback = function(detail) {
                if (watched !== answering)
                  return;
                var _a = detail || {}, sessionUrl = _a.sessionUrl, reason = _a.reason;
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
      unwatch: unwatch
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
      at: at
    };
  }
  function readJson(json, userId, at) {
    try {
      var info_1 = { decisionEventDispatched: true };
      Object.keys(json).forEach(function(name) {
        info_1[camelCase(name)] = json[name];
      });
      var context = info_1.userContext;
      var ofContext = context && (context.getUserId ? context.getUserId() : context.userId);
      return readDecision(info_1, userId || info_1.userId || ofContext, at);
    } catch (_a) {
      return readDecision({}, "", at);
    }
  }

  // src/optimizely/read-impressions.ts
  function readImpressions(notification) {
    return notification.params.visitors.flatMap(function(_a) {
      var visitor_id = _a.visitor_id, snapshots = _a.snapshots;
      return snapshots.flatMap(function(_a2) {
        var decisions = _a2.decisions, events = _a2.events;
        return (decisions || []).map(function(decision) {
          return readJson(Object.assign({}, decision, decision.metadata), visitor_id, events[0].timestamp);
        });
      });
    });
  }

  // src/optimizely/listener.ts
  var SETTLED = 1e3;
  function createDecisionListener(hear) {
    var connections = /* @__PURE__ */ new Map();
    var met = /* @__PURE__ */ new Set();
    var unready = 0;
    var failure;
    function awaitReady(client) {
      unready++;
      Promise.resolve().then(function() {
        return client.onReady && client.onReady();
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
    function connect(center, isNew) {
      var since = Date.now();
      var heard = /* @__PURE__ */ new Set();
      var undos = [];
      var catchesUp = !isNew && !met.has(center);
      var decisionId = 0;
      var logEventId = 0;
      function hearDecision(notification) {
        var now = Date.now();
        try {
          var _a = notification, type = _a.type, userId = _a.userId, decisionInfo = _a.decisionInfo;
          if (now - since < SETTLED)
            heard.add(decisionInfo.flagKey || decisionInfo.featureKey);
          if (type === "flag")
            hear(readDecision(decisionInfo, userId, now));
        } catch (_b) {
          hear(readDecision({}, "", now));
        }
      }
      function hearLogEvent(notification) {
        try {
          readImpressions(notification).forEach(function(decision) {
            var at = decision.at, flagKey = decision.flagKey;
            if (flagKey && at >= performance.timeOrigin && (at < since || at === since && !heard.has(flagKey))) {
              hear(decision, true, met.size > 1);
            }
          });
        } catch (_a) {
        }
      }
      function renew(id, type, olderEnd, hearIt) {
        try {
          var renewed = center.addNotificationListener(type, hearIt);
          if (renewed < 1)
            renewed = center.addNotificationListener(type + olderEnd, hearIt);
          if (renewed > 0 && id)
            center.removeNotificationListener(id);
          return renewed > 0 ? renewed : id;
        } catch (_a) {
          return id;
        }
      }
      function listen() {
        decisionId = renew(decisionId, "DECISION", ":type, userId, attributes, decisionInfo", hearDecision);
        if (catchesUp)
          logEventId = renew(logEventId, "LOG_EVENT", ":logEvent", hearLogEvent);
      }
      listen();
      if (decisionId < 1)
        return void 0;
      var connection = {
        listen: listen,
        leave: function() {
          undos.forEach(function(undo) {
            undo();
          });
          try {
            center.removeNotificationListener(decisionId);
            center.removeNotificationListener(logEventId);
          } catch (_a) {
          }
        }
      };
      ["clearAllNotificationListeners", "clearNotificationListeners"].forEach(function(name) {
        try {
          undos.push(replaceMethod(center, name, function(clear) {
            return function() {
              var result = clear.apply(this, arguments);
              if (connections.get(center) === connection)
                listen();
              return result;
            };
          }));
        } catch (_a) {
        }
      });
      return connection;
    }
    return {
      listenTo: function(client, isNew) {
        try {
          var center = client.notificationCenter;
          if (!connections.has(center)) {
            var connection = connect(center, isNew);
            if (!connection)
              return false;
            connections.set(center, connection);
            met.add(center);
            awaitReady(client);
          }
          return true;
        } catch (_a) {
          return false;
        }
      },
      count: function() {
        return connections.size;
      },
      readiness: function() {
        return failure ? { state: "failed", reason: failure } : { state: unready ? "waiting" : connections.size ? "ready" : "missing" };
      },
      rearm: function() {
        connections.forEach(function(_a) {
          var listen = _a.listen;
          listen();
        });
      },
      leaveAll: function() {
        connections.forEach(function(_a, center) {
          var leave = _a.leave;
          connections.delete(center);
          leave();
        });
      }
    };
  }

  // src/status.ts
  var RECENT = 50;
  function createReport(settings, problems) {
    var counts = {
      seen: 0,
      sent: 0,
      duplicate: 0,
      ignored: 0,
      waiting: 0,
      dropped: 0,
      recovered: 0
    };
    var latest = [];
    var lines = [];
    function print() {
      var text = lines.join("\n");
      lines = [];
      console.log(text);
    }
    function explain(_a, step) {
      var flagKey = _a.flagKey, variationKey = _a.variationKey;
      if (!settings.debug)
        return;
      if (!lines.length)
        Promise.resolve().then(print);
      lines.push("[optimizely-fullstory] " + flagKey + " = " + variationKey + " \u2192 " + step);
    }
    return {
      counts: counts,
      problems: problems,
      recent: function() {
        return latest.slice(-RECENT).map(function(_a) {
          var _b = _a.decision, flagKey = _b.flagKey, variationKey = _b.variationKey, ruleKey = _b.ruleKey, enabled = _b.enabled, at = _b.at, outcome = _a.outcome, settledAt = _a.settledAt;
          return {
            flagKey: flagKey,
            variationKey: variationKey,
            ruleKey: ruleKey,
            enabled: enabled,
            at: at,
            outcome: outcome,
            settledAt: settledAt
          };
        });
      },
      see: function(decision) {
        var delivery = { decision: decision, outcome: "waiting", settledAt: null };
        counts.seen++;
        counts.waiting++;
        latest.push(delivery);
        if (latest.length > 2 * RECENT)
          latest.splice(0, RECENT);
        return delivery;
      },
      settle: function(delivery, outcome, at) {
        if (delivery.outcome === "waiting") {
          counts.waiting--;
          counts[outcome]++;
          delivery.outcome = outcome;
          delivery.settledAt = at;
        }
        explain(delivery.decision, outcome);
      },
      forgetWaiting: function() {
        counts.seen -= counts.waiting;
        counts.waiting = 0;
        latest = latest.filter(function(_a) {
          var outcome = _a.outcome;
          return outcome !== "waiting";
        });
      },
      explain: explain
    };
  }

  // src/version.ts
  var version = "0.1.0";

  // src/entries/call-global.ts
  function callGlobal(path, one, other) {
    var holder;
    var callee = window;
    path.split(".").forEach(function(key) {
      holder = callee;
      callee = callee[key];
    });
    return callee.call(holder, one, other);
  }

  // src/entries/create-bridge.ts
  var LONGEST_SESSION = 864e5;
  function assembleBridge(sources, attach) {
    var problems = /* @__PURE__ */ new Set();
    var settings = readSettings(sources, function(code) {
      return problems.add(code);
    });
    var report = createReport(settings, problems);
    var counts = report.counts;
    var beforeSend = settings.beforeSend;
    var bridge = createDecisionBridge(
      settings,
      report,
      // Looked up when it is called: pages define theirs late.
      typeof beforeSend === "string" ? function(event, decision) {
        return callGlobal(beforeSend, event, decision);
      } : beforeSend,
      // Runs inside the page's `decide()`.
      function(delivery) {
        if (delivery)
          outbox.add(delivery);
        handOverIn();
      }
    );
    var fullstory = createFullStory(settings.namespace, problems, handOverIn);
    var outbox = createOutbox(bridge, fullstory, settings, report);
    var listener = createDecisionListener(bridge.take);
    var isSoon = false;
    var isStopped = false;
    var timer;
    problems.forEach(function(code) {
      console.warn("[optimizely-fullstory] " + code);
    });
    function handOverIn(wait) {
      if (isSoon || isStopped || wait === Infinity)
        return;
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
      if (!settings.persist)
        return;
      settings.persist = outbox.release(keep);
      if (!settings.persist)
        handOver(true);
    }
    function arrive() {
      listener.rearm();
      if (!settings.persist)
        return;
      var kept = readStored("sessionStorage", problems);
      if (kept[0])
        writeStored("sessionStorage", null, problems);
      kept.forEach(function(decision) {
        var at = decision && +decision.at;
        if (at > Date.now() - LONGEST_SESSION)
          bridge.take(readJson(decision, "", at));
      });
    }
    function start2() {
      isStopped = false;
      addEventListener("pagehide", leave);
      addEventListener("pageshow", arrive);
      handOverIn();
    }
    arrive();
    start2();
    var stopAttaching = attach(settings.client, function(candidate, isNew) {
      return !isStopped && listener.listenTo(candidate, isNew);
    }, problems);
    return {
      version: version,
      connect: function(candidate) {
        start2();
        if (!listener.listenTo(candidate))
          problems.add("client-invalid");
        return candidate;
      },
      record: function(decisions, userId) {
        start2();
        [].concat(decisions).forEach(function(decision) {
          bridge.take(readJson(decision, userId, Date.now()));
        });
      },
      status: function() {
        var _a = fullstory.look(), state = _a.state, session = _a.session;
        var sdk = listener.readiness();
        var clients = listener.count();
        var codes = [];
        problems.forEach(function(code) {
          codes.push(code);
        });
        return {
          version: version,
          fullstory: state,
          namespace: fullstory.findNamespace(),
          session: session || null,
          clients: clients,
          sdk: sdk,
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
      disconnect: function() {
        if (stopAttaching)
          stopAttaching();
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

  // src/entries/drop-in.ts
  function start(before) {
    if (before.disconnect)
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
