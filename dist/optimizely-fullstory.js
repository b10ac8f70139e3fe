"use strict";
(function() {
  // src/destinations/fullstory.ts
  var SOURCE = "optimizely";
  var BLOCKED_AFTER = 1e4;
  var LATE = 1e3;
  var IDLE = 3;
  var OTHER_USER = 4;
  var REFUSED = 5;
  var NO_LINK = /\/opt\/upgrade/;
  var LONGEST_EVENT_NAME = 250;
  var limitsFor = function(_a) {
    var eventsPerMinute = _a.eventsPerMinute;
    return {
      events: [60, 40],
      properties: [30, 10],
      ours: { events: [eventsPerMinute, 20], properties: [10, 2] },
      propertiesPerCall: 1e3,
      propertyNames: 500,
      keptFor: 864e5
    };
  };
  function nothing() {
  }
  function fullstory() {
    return function(settings, tell) {
      var account = settings.namespace;
      var watched;
      var watchedSince = 0;
      var onChange;
      var observers = [];
      var hasFired = false;
      var observedUrl;
      var latestUrl;
      var isOver = false;
      var sessions = 0;
      var users = 0;
      var isRefused = false;
      var hasBeenThere = false;
      var tookAnother = false;
      function names() {
        if (settings.namespace)
          return [settings.namespace];
        var _fs_namespace = window._fs_namespace;
        var found = [account, typeof _fs_namespace === "string" ? _fs_namespace : ""];
        try {
          document.querySelectorAll("script[data-fs-namespace]").forEach(function(script) {
            found.push(script.dataset.fsNamespace || "");
          });
        } catch (_a) {
        }
        return found.concat("FS").filter(Boolean);
      }
      function read(name) {
        try {
          var found = window[name];
          return typeof found === "function" ? found : void 0;
        } catch (_a) {
          return void 0;
        }
      }
      function find() {
        var same = account && read(account);
        if (same)
          return same;
        var name = names().find(read);
        if (name)
          account = name;
        return name ? read(name) : void 0;
      }
      function call(operation, options) {
        var result = find()(operation, options, SOURCE);
        if (result && result.then)
          result.then(nothing, nothing);
        return result;
      }
      function begin(url) {
        if (isOver || latestUrl && url && url !== latestUrl)
          sessions++;
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
        var reason = detail && detail.reason;
        hasFired = true;
        observedUrl = void 0;
        isRefused = reason === REFUSED;
        if (reason === IDLE || reason === OTHER_USER)
          isOver = true;
        if (reason === OTHER_USER)
          users++;
      }
      function observe(global) {
        var answering = global._api || global;
        if (!onChange || answering === watched)
          return;
        watched = answering;
        watchedSince = Date.now();
        var notice = function(detail, take) {
          if (!onChange)
            return;
          take(detail);
          onChange();
        };
        try {
          observers.push(call("observe", {
            type: "start",
            callback: function(detail) {
              return notice(detail, started);
            }
          }), call("observe", {
            type: "shutdown",
            callback: function(detail) {
              return notice(detail, stopped);
            }
          }));
          if (global._api) {
            global._api("observe", { type: "start", callback: nothing }, SOURCE, disconnect, function(error) {
              if (!hasFired || observedUrl === void 0) {
                notice({ reason: /disabled/i.test("" + error) ? REFUSED : 0 }, stopped);
              }
            });
          }
        } catch (_a) {
          tell("fullstory-throws");
        }
      }
      function disconnect(observer) {
        try {
          observer.disconnect();
        } catch (_a) {
        }
      }
      function runningUrl(global) {
        if (hasFired)
          return observedUrl;
        try {
          var url = global.getCurrentSessionURL();
          if (url)
            return "" + url;
        } catch (_a) {
        }
        return hasBeenThere ? void 0 : "";
      }
      function look() {
        var global = find();
        var namespace = account || names()[0];
        if (!global)
          return { state: "absent", namespace: namespace };
        var isStub = !!global.q && !global._api;
        if (isStub || global._api) {
          hasBeenThere = true;
          if (tookAnother)
            isOver = true;
          tookAnother = false;
        }
        observe(global);
        if (isStub) {
          var isBlocked = global.q.push !== [].push || Date.now() - watchedSince > BLOCKED_AFTER;
          return { state: isBlocked ? "blocked" : "loading", namespace: namespace };
        }
        var url = runningUrl(global);
        if (url === void 0)
          return { state: isRefused ? "refused" : "waiting", namespace: namespace };
        if (!hasFired) {
          begin(url);
          tookAnother = !hasBeenThere;
        }
        return {
          state: "capturing",
          session: "" + sessions,
          link: NO_LINK.test(url) ? "" : url,
          user: "" + users,
          namespace: namespace
        };
      }
      return {
        name: "FullStory",
        limits: limitsFor(settings),
        look: look,
        watch: function(change) {
          onChange = change;
          look();
          return function() {
            onChange = watched = observedUrl = void 0;
            hasFired = false;
            observers.splice(0).forEach(disconnect);
          };
        },
        setProperties: function(properties) {
          var global = find();
          if (window.top !== window && global._api && Object.getPrototypeOf(global) === Object.getPrototypeOf(nothing) && !window._fs_is_outer_script) {
            tell("child-frame");
          }
          delete properties.uid;
          if (Object.keys(properties)[0])
            call("setProperties", { type: "user", properties: properties });
        },
        trackEvent: function(_a, _b) {
          var name = _a.name, properties = _a.properties;
          var at = _b.at;
          if (Date.now() - at > LATE)
            properties.decided_at = new Date(at).toISOString();
          call("trackEvent", { name: name.slice(0, LONGEST_EVENT_NAME), properties: properties });
        },
        // https://developer.fullstory.com/browser/v2/custom-properties/
        isPropertyName: function(name) {
          return /^(?!uid$)[a-z][\w-]*$/i.test(name);
        }
      };
    };
  }

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
    var inner = before && before.get && before.set && before.configurable ? before : void 0;
    var value = before && before.value;
    var isStopped = false;
    function read() {
      return inner ? inner.get.call(page) : value;
    }
    function get() {
      if (isStopped)
        leave();
      var current = read();
      if (!isStopped)
        look(current);
      return current;
    }
    function set(next) {
      var isFirst = read() === void 0;
      if (inner)
        inner.set.call(page, next);
      value = next;
      if (isStopped)
        leave();
      else {
        if (isFirst && isOurs())
          define(next !== void 0);
        look(next);
      }
    }
    function isOurs() {
      var now = Object.getOwnPropertyDescriptor(page, name);
      return !!now && now.get === get;
    }
    function define(enumerable) {
      delete page[name];
      Object.defineProperty(page, name, { configurable: true, enumerable: enumerable, get: get, set: set });
    }
    function leave() {
      if (!isOurs())
        return;
      delete page[name];
      if (inner)
        Object.defineProperty(page, name, inner);
      else if (value !== void 0)
        page[name] = value;
    }
    look(read());
    if (!before || inner || before.writable && before.configurable) {
      define(!!before && !!before.enumerable);
    }
    return function() {
      isStopped = true;
      leave();
    };
  }

  // src/optimizely/discovery.ts
  var WATCHED = ["optimizelySdk", "optimizelyReactSdk", "optimizelyClientInstance"];
  var CLIENT = "optimizelyClient";
  function discoverClients(_a) {
    var client = _a.client, timers = _a.timers, connect = _a.connect, tell = _a.tell;
    var name = typeof client === "string" ? client : "";
    var wrapped = [];
    var looks = [];
    var undos = [];
    var isFound = false;
    var isClientWatched = false;
    var cancel;
    function offer(candidate) {
      if (candidate && connect(candidate))
        isFound = true;
    }
    function wrapCreateInstance(sdk) {
      if (!sdk || !sdk.createInstance || wrapped.indexOf(sdk.createInstance) >= 0)
        return;
      undos.push(replaceMethod(sdk, "createInstance", function(original) {
        function createInstance() {
          var created = original.apply(this, arguments);
          offer(created);
          return created;
        }
        wrapped.push(createInstance);
        return createInstance;
      }));
    }
    function watch(path) {
      var _a2 = path.split("."), global = _a2[0], keys = _a2.slice(1);
      var look = function(value) {
        try {
          var candidate_1 = value;
          keys.forEach(function(key) {
            candidate_1 = candidate_1 && candidate_1[key];
          });
          offer(candidate_1);
          if (name)
            return;
          wrapCreateInstance(value);
          wrapCreateInstance(value && value.default);
        } catch (_a3) {
          tell("global-locked:" + global);
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
        } catch (_a2) {
        }
      });
      cancel = timers.later(lookAround, timers.lookWait());
    }
    function watchClientOnceThere() {
      if (isClientWatched || !Object.getOwnPropertyDescriptor(window, CLIENT))
        return;
      isClientWatched = true;
      watch(CLIENT);
    }
    if (client && !name) {
      if (!connect(client))
        tell("client-invalid");
    } else {
      (name ? [name] : WATCHED).forEach(watch);
      if (!name) {
        looks.push(function() {
          return offer(optimizelyClientInstance);
        }, function() {
          return offer(optimizelyClient);
        }, watchClientOnceThere);
      }
      lookAround();
      if (isFound)
        tell("client-late");
    }
    return function() {
      if (cancel)
        cancel();
      undos.forEach(function(undo) {
        undo();
      });
    };
  }

  // src/version.ts
  var version = "0.1.0";
  var packageName = "optimizely-fullstory";

  // src/page/warn.ts
  function warn(message) {
    try {
      console.warn("[" + packageName + "]", message);
    } catch (_a) {
    }
  }

  // src/page/listen.ts
  function listen(target, type, listener) {
    var change = function(method) {
      try {
        EventTarget.prototype[method].call(target, type, listener);
      } catch (_a) {
        target[method](type, listener);
      }
    };
    change("addEventListener");
    return function() {
      change("removeEventListener");
    };
  }

  // src/status.ts
  function problemOf(destination, problem) {
    return destination.toLowerCase() + "-" + problem;
  }

  // src/decision.ts
  function isSameDecision(one, other) {
    return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
  }
  function decisionKey(decision) {
    var userId = decision.userId, flagKey = decision.flagKey, variationKey = decision.variationKey, ruleKey = decision.ruleKey, enabled = decision.enabled;
    return [flagKey, variationKey, ruleKey, enabled, userId].join("\n");
  }

  // src/page/steady-clock.ts
  function steadyNow() {
    try {
      return performance.now();
    } catch (_a) {
      return Date.now();
    }
  }
  function documentStart() {
    try {
      return performance.timing.domLoading || performance.timeOrigin || 0;
    } catch (_a) {
      return 0;
    }
  }

  // src/delivery/rate-limit.ts
  function createRateLimit(theirs, ours) {
    var most = Math.max(theirs ? theirs[0] : 0, ours ? ours[0] : 0);
    var calls = [];
    return {
      delay_: function(rate) {
        if (!rate)
          return 0;
        var now = steadyNow();
        var wait = function(count, span) {
          var call = calls[count - 1];
          return call === void 0 ? 0 : call + span - now;
        };
        return Math.ceil(Math.max(0, wait(rate[0], 6e4), wait(rate[1], 1e3)));
      },
      spend_: function() {
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
    return failures > 1 ? Math.min(NEXT * Math.pow(2, failures - 2), LONGEST) : FIRST;
  }

  // src/delivery/session-list.ts
  var REMEMBERED = 1e3;
  function openSessionList(stored, link) {
    var before = link ? stored.read_() : [];
    var keys = before[0] === link ? before.slice(1) : [];
    var isChanged = false;
    return {
      has_: function(key) {
        return keys.indexOf(key) >= 0;
      },
      add_: function(key) {
        if (!link)
          return;
        keys.push(key);
        isChanged = true;
      },
      close_: function() {
        if (isChanged)
          stored.write_([link].concat(keys.slice(-REMEMBERED)));
      }
    };
  }

  // src/delivery/sign-in.ts
  var HOLD = 2e3;
  var DECIDED_AHEAD = 500;
  function createSignIn() {
    var at = 0;
    var isBefore = function(_a) {
      var decision_ = _a.decision_;
      return decision_.at < at - DECIDED_AHEAD;
    };
    return {
      happens_: function() {
        at = Date.now();
      },
      // Not longer than that, also when the clock is set back.
      holdsFor_: function() {
        return at && Date.now() >= at ? Math.max(0, at + HOLD - Date.now()) : 0;
      },
      isOfUserBefore_: isBefore,
      isSuperseded_: function(delivery) {
        var holder = delivery.flag_.deliveries_[0];
        return isBefore(delivery) && !isBefore(holder) && holder.decision_.at <= at + HOLD;
      }
    };
  }

  // src/delivery/hand-over.ts
  var TRIES = 3;
  function createHandOver(context) {
    var destination = context.destination, settings = context.settings, memory = context.memory, queue = context.queue, report = context.report, tell = context.tell;
    var _a = destination.limits || {}, events = _a.events, properties = _a.properties, _b = _a.ours, ours = _b === void 0 ? {} : _b;
    var eventLimit = createRateLimit(events, ours.events);
    var propertyLimit = createRateLimit(properties, ours.properties);
    var signIn = createSignIn();
    var latest;
    var successes = 0;
    var propertyFailures = 0;
    var propertyRetryAt = 0;
    var rate = function(within, theirs, share) {
      return within === "none" ? void 0 : within === "ours" && share || theirs;
    };
    var isHeld = function(within, delivery) {
      return within === "ours" && signIn.isOfUserBefore_(delivery) && signIn.holdsFor_() > 0;
    };
    function sharedLink(_a2) {
      var link = _a2.link, session = _a2.session;
      return settings.dedupe === "session" ? link === void 0 ? session : link : "";
    }
    function failed() {
      tell(problemOf(destination.name, "throws"));
    }
    function noticeSession(sight) {
      if (latest && latest.session !== sight.session) {
        if (sharedLink(sight) && sharedLink(sight) === sharedLink(latest))
          context.shared.write_([]);
        if (latest.user !== sight.user)
          signIn.happens_();
        queue.restart_(memory.renew_());
      }
      latest = sight;
    }
    function handOverProperties(within) {
      for (; ; ) {
        var changes = memory.changes_(function(delivery) {
          return isHeld(within, delivery);
        });
        if (!changes[0])
          return 0;
        var wait = Math.max(within === "ours" ? propertyRetryAt - Date.now() : 0, propertyLimit.delay_(rate(within, properties, ours.properties)));
        if (wait > 0)
          return wait;
        propertyLimit.spend_();
        try {
          destination.setProperties(Object.fromEntries(changes));
        } catch (_a2) {
          failed();
          propertyRetryAt = Date.now() + retryWait(++propertyFailures);
          return retryWait(propertyFailures);
        }
        propertyFailures = propertyRetryAt = 0;
        successes++;
        changes.forEach(function(_a2) {
          var value = _a2[1], flag = _a2[2];
          flag.knownValue_ = value;
        });
      }
    }
    function track(delivery, name, eventProperties, key) {
      eventLimit.spend_();
      try {
        destination.trackEvent(
          // A copy: the page may change or freeze what it gets.
          { name: name, properties: Object.assign({}, eventProperties) },
          { at: delivery.decision_.at, id: key }
        );
        successes++;
        delivery.failures_ = 0;
        return true;
      } catch (_a2) {
        failed();
        if (!delivery.failures_) {
          delivery.failures_ = 0;
          delivery.succeededBefore_ = successes;
        }
        delivery.retryAt_ = Date.now() + retryWait(++delivery.failures_);
        return false;
      }
    }
    function isHopeless(_a2) {
      var _b2 = _a2.failures_, failures_ = _b2 === void 0 ? 0 : _b2, _c = _a2.succeededBefore_, succeededBefore_ = _c === void 0 ? 0 : _c;
      return failures_ >= TRIES && successes > succeededBefore_;
    }
    function handOverEvents(within, propertyWait, list) {
      var wait = 0;
      queue.goThrough_(function(delivery) {
        var decision_ = delivery.decision_, _a2 = delivery.retryAt_, retryAt_ = _a2 === void 0 ? 0 : _a2;
        var now = Date.now();
        if (signIn.isSuperseded_(delivery)) {
          queue.drop_(delivery);
          return "done";
        }
        if (isHeld(within, delivery) || within === "ours" && retryAt_ > now)
          return "keep";
        var event = memory.eventOf_(delivery);
        var key = decisionKey(decision_);
        var isKnown = list.has_(key);
        var name = event && !isKnown && event.name;
        wait = name || settings.eventName ? eventLimit.delay_(rate(within, events, ours.events)) : propertyWait;
        if (wait)
          return "stop";
        if (name) {
          if (!track(delivery, name, event.properties, key)) {
            if (!isHopeless(delivery))
              return "keep";
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
      var due = signIn.holdsFor_() || Infinity;
      queue.forEach_(function(_a2) {
        var _b2 = _a2.retryAt_, retryAt_ = _b2 === void 0 ? 0 : _b2;
        var wait = retryAt_ - Date.now();
        if (wait > 0)
          due = Math.min(due, wait);
      });
      return due;
    }
    return function(within) {
      var sight = destination.look();
      if (sight.session === void 0) {
        queue.forEach_(function(delivery) {
          if (delivery.waitsFor_ !== sight.state) {
            report.explain_(delivery.decision_, "waiting: it is " + sight.state);
          }
          delivery.waitsFor_ = sight.state;
        });
        return queue.length_() || sight.state === "absent" ? context.lookWait() : Infinity;
      }
      noticeSession(sight);
      var list = openSessionList(context.shared, sharedLink(sight));
      var propertyWait = handOverProperties(within);
      var eventWait = handOverEvents(within, propertyWait, list);
      list.close_();
      return Math.min(propertyWait || Infinity, eventWait || Infinity, dueIn());
    };
  }

  // src/delivery/kept-decisions.ts
  function createKeptDecisions(stored) {
    var page = Math.random();
    var others = function() {
      return stored.read_().filter(function(kept) {
        return !kept || kept.copyBy !== page;
      });
    };
    return {
      keep_: function(decisions) {
        return stored.write_(others().concat(decisions));
      },
      copy_: function(decisions) {
        stored.write_(others().concat(decisions.map(function(decision) {
          return Object.assign({ copyBy: page }, decision);
        })));
      },
      takeAll_: function() {
        var all = stored.read_();
        if (all.length)
          stored.write_([]);
        return all.filter(function(kept) {
          return !kept || kept.copyBy !== page;
        });
      }
    };
  }

  // src/camel-case.ts
  function camelCase(name) {
    return name.replace(/_(.)/g, function(_, letter) {
      return letter.toUpperCase();
    });
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
  function readSettings(sources, warn2) {
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
          warn2("setting-wrong:" + name);
        }
      });
    });
    Object.keys(sources[0] || {}).forEach(function(name) {
      if (!Object.keys(SETTINGS).includes(name))
        warn2("setting-unknown:" + name);
    });
    return settings;
  }

  // src/delivery/memory.ts
  var REMEMBERED_FLAGS = 5e3;
  var REMEMBERED_DECISIONS = 50;
  function createMemory(settings, _a, report, tell, beforeSend, onChange) {
    var isPropertyName = _a.isPropertyName, _b = _a.limits, limits = _b === void 0 ? {} : _b;
    var propertyName = settings.propertyName, flags = settings.flags, dedupe = settings.dedupe;
    var byKey = /* @__PURE__ */ Object.create(null);
    var memory = [];
    function isWanted(_a2) {
      var flagKey = _a2.flagKey, dispatched = _a2.dispatched;
      if (!flagKey)
        tell("decision-invalid");
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
      if (delivery.event_ === void 0) {
        var decision_ = delivery.decision_;
        try {
          var edited = beforeSend(compose(decision_), Object.assign({}, decision_));
          delivery.event_ = edited !== false && {
            // What is no text throws, as everything does that is no event.
            name: edited.name.substring(0),
            // A copy, because the page may go on changing its own.
            properties: Object.assign({}, edited.properties)
          };
        } catch (_a2) {
          tell("before-send");
          delivery.event_ = compose(decision_);
        }
      }
      return delivery.event_;
    }
    return {
      take_: function(decision, isRecovered, mayBeKnown) {
        var flagKey = decision.flagKey;
        var flag = byKey[flagKey];
        var same = flag && flag.deliveries_.find(function(other) {
          return isSameDecision(other.decision_, decision);
        });
        if (mayBeKnown && same)
          return;
        var delivery = report.see_(decision);
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
          if (memory.push(flag) > REMEMBERED_FLAGS)
            delete byKey[memory.shift().key_];
        }
        var deliveries_ = flag.deliveries_;
        var earlier = dedupe !== "none" && same && !same.isLost_ && same;
        var latest = earlier || delivery;
        var holder = deliveries_[0];
        if (earlier)
          report.settle_(delivery, earlier.event_ === false ? "ignored" : "duplicate", decision.at);
        if (latest === holder)
          return;
        latest.flag_ = flag;
        if (same)
          deliveries_.splice(deliveries_.indexOf(same), 1);
        deliveries_.splice(isRecovered && holder && holder.decision_.at > decision.at ? 1 : 0, 0, latest);
        deliveries_.splice(REMEMBERED_DECISIONS);
        onChange(earlier ? void 0 : latest);
      },
      eventOf_: eventOf,
      changes_: function(isHeld) {
        var changes = [];
        if (propertyName && memory.length > (limits.propertyNames || Infinity))
          tell("property-limit");
        memory.forEach(function(flag) {
          var delivery = flag.deliveries_[0];
          var decision_ = delivery.decision_;
          var value = decision_.enabled ? decision_.variationKey || "on" : "off";
          if (!propertyName || flag.knownValue_ === value || isHeld(delivery))
            return;
          if (beforeSend !== unchanged && !eventOf(delivery))
            return;
          var name = propertyName.split("{flag}").join(flag.key_);
          if (propertyName !== DEFAULT_PROPERTY_NAME && isPropertyName && !isPropertyName(name)) {
            tell("property-name-rule");
          }
          changes.push([name, value, flag]);
        });
        return changes.slice(0, limits.propertiesPerCall);
      },
      renew_: function() {
        var again = [];
        memory.forEach(function(flag) {
          var latest = flag.deliveries_[0];
          var isWaiting = function(delivery) {
            return delivery.outcome_ === "waiting" && !delivery.isLost_;
          };
          if (!isWaiting(latest) && latest.event_ !== false) {
            latest.isLost_ = false;
            again.push(latest);
          }
          flag.deliveries_ = flag.deliveries_.filter(function(delivery) {
            return delivery === latest || isWaiting(delivery);
          });
          flag.knownValue_ = void 0;
        });
        return again;
      }
    };
  }

  // src/delivery/queue.ts
  function createQueue(bufferSize, report) {
    var queue = [];
    function drop(delivery) {
      delivery.isLost_ = true;
      report.settle_(delivery, "dropped", Date.now());
    }
    function dropOldest() {
      while (queue.length > bufferSize)
        drop(queue.shift());
    }
    return {
      add_: function(delivery) {
        queue.push(delivery);
        dropOldest();
      },
      restart_: function(again) {
        queue = again.concat(queue.filter(function(_a) {
          var outcome_ = _a.outcome_;
          return outcome_ === "waiting";
        }));
        dropOldest();
      },
      length_: function() {
        return queue.length;
      },
      forEach_: function(run) {
        queue.forEach(run);
      },
      goThrough_: function(take) {
        var kept = [];
        var answer = "";
        for (var left = queue.length; left && queue[0] && answer !== "stop"; left--) {
          var delivery = queue.shift();
          answer = take(delivery);
          if (answer !== "done")
            kept.push(delivery);
        }
        queue = kept.concat(queue);
        dropOldest();
      },
      drop_: drop,
      decisions_: function() {
        var decisions = queue.map(function(_a) {
          var decision_ = _a.decision_;
          return decision_;
        });
        var seen = [];
        for (var index = queue.length - 1; index >= 0; index--) {
          var last = queue[index];
          var deliveries_ = last.flag_.deliveries_;
          if (seen.indexOf(deliveries_) >= 0)
            continue;
          seen.push(deliveries_);
          if (deliveries_[0] !== last)
            decisions.push(deliveries_[0].decision_);
        }
        return decisions;
      },
      giveAway_: function() {
        queue.forEach(function(delivery) {
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
      try {
        console.log(text);
      } catch (_a) {
      }
    }
    function explain(_a, step) {
      var flagKey = _a.flagKey, variationKey = _a.variationKey;
      if (!soon)
        return;
      if (!lines.length)
        soon(print);
      lines.push("[" + packageName + "] " + destination + ": " + flagKey + " = " + variationKey + " \u2192 " + step);
    }
    return {
      counts_: counts,
      recent_: function() {
        return latest.slice(-RECENT).map(function(_a) {
          var _b = _a.decision_, flagKey = _b.flagKey, variationKey = _b.variationKey, ruleKey = _b.ruleKey, enabled = _b.enabled, at = _b.at, outcome_ = _a.outcome_, settledAt_ = _a.settledAt_;
          return {
            flagKey: flagKey,
            variationKey: variationKey,
            ruleKey: ruleKey,
            enabled: enabled,
            at: at,
            outcome: outcome_,
            settledAt: settledAt_
          };
        });
      },
      see_: function(decision) {
        var delivery = { decision_: decision, outcome_: "waiting", settledAt_: null };
        counts.seen++;
        counts.waiting++;
        latest.push(delivery);
        if (latest.length > 2 * RECENT)
          latest.splice(0, RECENT);
        return delivery;
      },
      settle_: function(delivery, outcome, at) {
        if (delivery.outcome_ === "waiting") {
          counts.waiting--;
          counts[outcome]++;
          delivery.outcome_ = outcome;
          delivery.settledAt_ = at;
        }
        explain(delivery.decision_, outcome);
      },
      forgetWaiting_: function() {
        counts.seen -= counts.waiting;
        counts.waiting = 0;
        latest = latest.filter(function(_a) {
          var outcome_ = _a.outcome_;
          return outcome_ !== "waiting";
        });
      },
      explain_: explain
    };
  }

  // src/delivery/storage.ts
  function createStoredList(area, key, tell) {
    return {
      read_: function() {
        try {
          var stored = JSON.parse(window[area].getItem(key));
          if (Array.isArray(stored))
            return stored;
        } catch (error) {
          if (!(error instanceof SyntaxError))
            tell("storage");
        }
        return [];
      },
      write_: function(list) {
        try {
          if (list.length)
            window[area].setItem(key, JSON.stringify(list));
          else
            window[area].removeItem(key);
          return true;
        } catch (_a) {
          tell("storage");
          return false;
        }
      }
    };
  }

  // src/delivery/lane.ts
  function storageKey(_a, settings) {
    var name = _a.name;
    var namespace = settings.namespace, flags = settings.flags, eventName = settings.eventName, propertyName = settings.propertyName;
    return [packageName, name, namespace, flags, eventName, propertyName].join("|");
  }
  function createLane(destination, context) {
    var timers = context.timers, tell = context.tell;
    var settings = Object.assign({}, context.settings, destination.settings);
    var _a = destination.limits, limits = _a === void 0 ? {} : _a;
    var key = storageKey(destination, settings);
    var report = createReport(destination.name, settings.debug && timers.soon);
    var memory = createMemory(settings, destination, report, tell, context.beforeSend, function(delivery) {
      if (delivery) {
        queue.add_(delivery);
        waitForLeaving();
      }
      handOverSoon();
    });
    var queue = createQueue(settings.bufferSize, report);
    var handOver = createHandOver({
      destination: destination,
      settings: settings,
      memory: memory,
      queue: queue,
      report: report,
      shared: createStoredList("localStorage", key, tell),
      tell: tell,
      lookWait: timers.lookWait
    });
    var kept = createKeptDecisions(createStoredList("sessionStorage", key, tell));
    var persists = settings.persist;
    var isStopped = true;
    var isSoon = false;
    var isHandingOver = false;
    var isHidden = false;
    var isLeft = false;
    var cancelTimer;
    var stopWatching;
    var stopWaitingForLeaving;
    function handOverSoon() {
      if (isSoon || isStopped)
        return;
      isSoon = true;
      if (isHandingOver)
        handOverIn(0);
      else
        timers.soon(runDue);
    }
    function handOverIn(ms) {
      if (cancelTimer)
        cancelTimer();
      cancelTimer = ms < Infinity && !isStopped ? timers.later(runDue, ms) : void 0;
    }
    function runDue() {
      if (isStopped)
        return;
      if (isLeft)
        leave();
      else
        run("ours");
    }
    function run(within) {
      if (isHandingOver)
        return;
      isSoon = false;
      isHandingOver = true;
      var wait = handOver(within);
      isHandingOver = false;
      if (!isSoon)
        handOverIn(wait);
      waitForLeaving();
      if (isHidden && persists)
        kept.copy_(queue.decisions_());
    }
    function waitForLeaving() {
      if (!queue.length_() || isStopped) {
        if (stopWaitingForLeaving)
          stopWaitingForLeaving();
        stopWaitingForLeaving = void 0;
      } else if (!stopWaitingForLeaving) {
        stopWaitingForLeaving = listen(window, "beforeunload", handOverLast);
      }
    }
    function handOverLast() {
      run(persists ? "theirs" : "none");
      try {
        if (destination.flush)
          destination.flush();
      } catch (_a2) {
        tell(problemOf(destination.name, "throws"));
      }
    }
    function leave() {
      isLeft = true;
      handOverLast();
      if (!persists || !queue.length_())
        return;
      persists = kept.keep_(queue.decisions_());
      if (persists)
        queue.giveAway_();
      else
        handOverLast();
      waitForLeaving();
    }
    return {
      take_: memory.take_,
      start_: function() {
        isStopped = false;
        if (!stopWatching)
          stopWatching = destination.watch(handOverSoon);
        handOverSoon();
        waitForLeaving();
      },
      show_: function() {
        isHidden = isLeft = false;
        if (!settings.persist)
          return;
        var before = Date.now() - (limits.keptFor || Infinity);
        kept.takeAll_().forEach(function(json) {
          var at = Number((json || {}).at);
          if (at > before)
            memory.take_(context.readKept(json, at));
        });
      },
      hide_: function() {
        isHidden = true;
        run("theirs");
      },
      leave_: leave,
      stop_: function() {
        isStopped = true;
        isSoon = false;
        handOverIn(Infinity);
        if (stopWatching)
          stopWatching();
        stopWatching = void 0;
        waitForLeaving();
      },
      status_: function() {
        var _a2 = destination.look(), state = _a2.state, session = _a2.session, _b = _a2.link, link = _b === void 0 ? session : _b, namespace = _a2.namespace;
        return {
          name: destination.name,
          state: state,
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
        var decisions = _a2.decisions, _b = _a2.events[0], timestamp = _b.timestamp, uuid = _b.uuid;
        return (decisions || []).map(function(decision) {
          return {
            decision: readJson(Object.assign({}, decision, decision.metadata), visitor_id, timestamp),
            uuid: uuid
          };
        });
      });
    });
  }

  // src/optimizely/readiness.ts
  function createReadiness() {
    var unready = 0;
    var failure;
    return {
      await_: function(client) {
        unready++;
        Promise.resolve().then(function() {
          return client.onReady && client.onReady();
        }).then(function(result) {
          var _a = result || {}, success = _a.success, reason = _a.reason;
          if (success === false)
            failure = "" + reason;
        }).catch(function(error) {
          failure = "" + (error && error.message || error);
        }).then(function() {
          unready--;
        });
      },
      status_: function(hasClients) {
        return failure ? { state: "failed", reason: failure } : { state: unready ? "waiting" : hasClients ? "ready" : "missing" };
      }
    };
  }

  // src/optimizely/listener.ts
  var SETTLED = 1e3;
  var OLDEST = 5e3;
  var REMEMBERED_NOTIFICATIONS = 20;
  var REMEMBERED_IMPRESSIONS = 500;
  function createRecent(most) {
    var recent = [];
    return function(thing) {
      if (recent.indexOf(thing) >= 0)
        return true;
      recent.push(thing);
      if (recent.length > most)
        recent.shift();
      return false;
    };
  }
  function createDecisionListener(hear) {
    var connections = [];
    var met = [];
    var readiness = createReadiness();
    var isKnownNotification = createRecent(REMEMBERED_NOTIFICATIONS);
    var isKnownImpression = createRecent(REMEMBERED_IMPRESSIONS);
    var flagDecisions = 0;
    var legacyCalls = 0;
    function connect(center) {
      var since = Date.now();
      var heard = [];
      var undos = [];
      var catchesUp = met.indexOf(center) < 0;
      var decisionId = 0;
      var logEventId = 0;
      function hearDecision(notification) {
        var now = Date.now();
        try {
          if (connections[1] && isKnownNotification(notification))
            return;
          var _a = notification, type = _a.type, userId = _a.userId, decisionInfo = _a.decisionInfo;
          if (now - since < SETTLED)
            heard.push(decisionInfo.flagKey || decisionInfo.featureKey);
          if (type === "flag") {
            flagDecisions++;
            hear(readDecision(decisionInfo, userId, now));
          } else
            legacyCalls++;
        } catch (_b) {
          hear(readDecision({}, "", now));
        }
      }
      function hearLogEvent(notification) {
        try {
          readImpressions(notification).forEach(function(_a) {
            var decision = _a.decision, uuid = _a.uuid;
            var at = decision.at, flagKey = decision.flagKey;
            if (flagKey && at > since - OLDEST && at >= documentStart() && (at < since || at === since && heard.indexOf(flagKey) < 0) && !isKnownImpression(uuid)) {
              hear(decision, true, met.length > 1);
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
      function listen2() {
        decisionId = renew(decisionId, "DECISION", ":type, userId, attributes, decisionInfo", hearDecision);
        if (catchesUp)
          logEventId = renew(logEventId, "LOG_EVENT", ":logEvent", hearLogEvent);
      }
      listen2();
      if (decisionId < 1)
        return void 0;
      var connection = {
        center_: center,
        listen_: listen2,
        leave_: function() {
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
              if (connections.indexOf(connection) >= 0)
                listen2();
              return result;
            };
          }));
        } catch (_a) {
        }
      });
      return connection;
    }
    return {
      listenTo_: function(client) {
        try {
          var center_1 = client.notificationCenter;
          if (!connections.some(function(_a) {
            var center_ = _a.center_;
            return center_ === center_1;
          })) {
            var connection = connect(center_1);
            if (!connection)
              return false;
            connections.push(connection);
            met.push(center_1);
            readiness.await_(client);
          }
          return true;
        } catch (_a) {
          return false;
        }
      },
      count_: function() {
        return connections.length;
      },
      readiness_: function() {
        return readiness.status_(connections.length > 0);
      },
      hearsOnlyLegacy_: function() {
        return legacyCalls > 0 && !flagDecisions;
      },
      rearm_: function() {
        connections.forEach(function(_a) {
          var listen_ = _a.listen_;
          listen_();
        });
      },
      leaveAll_: function() {
        var left = connections;
        connections = [];
        left.forEach(function(_a) {
          var leave_ = _a.leave_;
          leave_();
        });
      }
    };
  }

  // src/page/call-global.ts
  function callGlobal(path, one, other) {
    var holder;
    var callee = window;
    path.split(".").forEach(function(key) {
      holder = callee;
      callee = callee[key];
    });
    return callee.call(holder, one, other);
  }

  // src/page/timers.ts
  var FIRST_LOOK = 250;
  var LATE_LOOK = 5e3;
  function outsideZone(task) {
    var Zone = window.Zone;
    if (Zone && Zone.root && Zone.root.run)
      Zone.root.run(task);
    else
      task();
  }
  function createTimers() {
    var set = setTimeout;
    var clear = clearTimeout;
    var since = Date.now();
    function later(task, ms) {
      var id;
      outsideZone(function() {
        id = set(task, ms);
      });
      return function() {
        clear(id);
      };
    }
    return {
      soon: function(task) {
        try {
          outsideZone(function() {
            Promise.resolve().then(task);
          });
        } catch (_a) {
          later(task, 0);
        }
      },
      later: later,
      lookWait: function() {
        return Math.min(LATE_LOOK, Math.max(FIRST_LOOK, (Date.now() - since) / 12));
      }
    };
  }

  // src/entries/create-bridge.ts
  function createBridge(sources, destinations, attach) {
    var problems = [];
    var tell = function(code) {
      if (problems.indexOf(code) < 0)
        problems.push(code);
    };
    var timers = createTimers();
    var settings = readSettings(sources, tell);
    var beforeSend = settings.beforeSend;
    problems.forEach(function(code) {
      warn(code);
    });
    var lanes = destinations.map(function(source) {
      return createLane(typeof source === "function" ? source(settings, tell) : source, {
        settings: settings,
        // Looked up when it is called: pages define theirs late.
        beforeSend: typeof beforeSend === "string" ? function(event, decision) {
          return callGlobal(beforeSend, event, decision);
        } : beforeSend,
        timers: timers,
        tell: tell,
        readKept: function(json, at) {
          return readJson(json, "", at);
        }
      });
    });
    var listener = createDecisionListener(function(decision, isRecovered, mayBeKnown) {
      lanes.forEach(function(lane) {
        lane.take_(decision, isRecovered, mayBeKnown);
      });
    });
    var undos = [];
    function isHidden() {
      return document.visibilityState === "hidden";
    }
    function hide() {
      lanes.forEach(function(lane) {
        lane.hide_();
      });
    }
    function leave() {
      lanes.forEach(function(lane) {
        lane.leave_();
      });
    }
    function show() {
      if (isHidden())
        return;
      lanes.forEach(function(lane) {
        lane.show_();
      });
    }
    function start() {
      if (undos[0])
        return;
      undos = [
        listen(window, "pagehide", leave),
        listen(window, "pageshow", function() {
          listener.rearm_();
          show();
        }),
        listen(document, "visibilitychange", function() {
          if (isHidden())
            hide();
          else
            show();
        }),
        // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
        listen(document, "freeze", hide)
      ];
      lanes.forEach(function(lane) {
        lane.start_();
      });
    }
    show();
    start();
    var stopAttaching = attach({
      client: settings.client,
      timers: timers,
      connect: function(candidate) {
        return !!undos[0] && listener.listenTo_(candidate);
      },
      tell: tell
    });
    return {
      version: version,
      connect: function(candidate) {
        start();
        if (!listener.listenTo_(candidate))
          tell("client-invalid");
        return candidate;
      },
      record: function(decisions, userId) {
        start();
        [].concat(decisions).forEach(function(json) {
          var decision = readJson(json, userId, Date.now());
          lanes.forEach(function(lane) {
            lane.take_(decision);
          });
        });
      },
      status: function() {
        var told = lanes.map(function(lane) {
          return lane.status_();
        });
        var sdk = listener.readiness_();
        var clients = listener.count_();
        var first = told[0];
        var codes = problems.slice();
        told.forEach(function(_a) {
          var name = _a.name, state = _a.state;
          if (state === "absent" || state === "blocked" || state === "refused") {
            codes.push(problemOf(name, state));
          }
        });
        if (!clients && !first.decisions.seen)
          codes.push("client-missing");
        if (listener.hearsOnlyLegacy_())
          codes.push("legacy-calls");
        if (sdk.reason)
          codes.push("sdk-not-ready");
        return {
          version: version,
          clients: clients,
          sdk: sdk,
          destinations: told,
          problems: codes,
          fullstory: first.state,
          namespace: first.namespace,
          session: first.session,
          decisions: first.decisions,
          recent: first.recent
        };
      },
      disconnect: function() {
        stopAttaching();
        listener.leaveAll_();
        lanes.forEach(function(lane) {
          lane.stop_();
        });
        undos.forEach(function(undo) {
          undo();
        });
        undos = [];
      }
    };
  }

  // src/entries/drop-in.ts
  function readGlobal(name, readBare) {
    var page = window;
    var own = Object.getOwnPropertyDescriptor(page, name) && page[name];
    try {
      var bare = readBare();
      return (bare !== page[name] ? bare : own) || {};
    } catch (_a) {
      return own || {};
    }
  }
  function readAttributes() {
    try {
      var get = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript").get;
      return get.call(document).dataset;
    } catch (_a) {
      return void 0;
    }
  }
  function startDropIn(name, readBare, destinations) {
    var before = readGlobal(name, readBare);
    if (before.disconnect)
      return;
    var tell;
    var bridge = createBridge([before, readAttributes()], destinations, function(attachment) {
      tell = attachment.tell;
      return discoverClients(attachment);
    });
    var dropIn = Object.assign(bridge, {
      queue: {
        push: function(call) {
          try {
            call(dropIn);
          } catch (error) {
            warn(error);
          }
        }
      }
    });
    var runQueue = function(_a) {
      var queue = _a.queue;
      if (Array.isArray(queue))
        queue.forEach(dropIn.queue.push);
    };
    try {
      Object.defineProperty(window, name, {
        configurable: true,
        enumerable: true,
        get: function() {
          return dropIn;
        },
        set: function(late) {
          tell("settings-late");
          warn("settings-late");
          runQueue(late || {});
        }
      });
    } catch (_a) {
    }
    runQueue(before);
    try {
      Object.assign(before, dropIn);
    } catch (_b) {
    }
  }

  // src/entries/fullstory.ts
  if (typeof document !== "undefined") {
    startDropIn("optimizelyFullStory", function() {
      return optimizelyFullStory;
    }, [fullstory()]);
  }
})();
