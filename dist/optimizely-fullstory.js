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
      var isOver = true;
      var sessions = 0;
      var users = 0;
      var idle = "waiting";
      var hasBeenThere = false;
      function names() {
        var found = [account, window._fs_namespace];
        try {
          document.querySelectorAll("script[data-fs-namespace]").forEach(function(script) {
            found.push(script.dataset.fsNamespace);
          });
        } catch (_a) {
        }
        return found.concat("FS").filter(function(name) {
          return !!name && typeof name === "string";
        });
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
        if (!settings.namespace && !read(account))
          account = names().find(read) || account;
        return read(account);
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
        isOver = false;
        latestUrl = url || latestUrl;
      }
      function hear(url, reason) {
        if (!onChange)
          return;
        hasFired = true;
        observedUrl = url;
        if (url !== void 0)
          begin(url);
        idle = reason === REFUSED ? "refused" : "waiting";
        if (reason === IDLE || reason === OTHER_USER)
          isOver = true;
        if (reason === OTHER_USER)
          users++;
        onChange();
      }
      function observe(type, callback) {
        observers.push(call("observe", { type: type, callback: callback }));
      }
      function observeOnce(found) {
        var answering = found._api || found;
        if (!onChange || answering === watched)
          return;
        watched = answering;
        watchedSince = Date.now();
        try {
          observe("start", function(detail) {
            return hear("" + (detail && detail.sessionUrl || ""));
          });
          observe("shutdown", function(detail) {
            return hear(void 0, detail && detail.reason);
          });
          if (found._api) {
            found._api("observe", { type: "start", callback: nothing }, SOURCE, disconnect, function(error) {
              if (observedUrl === void 0)
                hear(void 0, /disabled/i.test("" + error) ? REFUSED : 0);
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
      function runningUrl(found) {
        var url;
        try {
          url = found.getCurrentSessionURL();
        } catch (_a) {
          url = observedUrl;
        }
        if (hasFired)
          return url || !found._api ? observedUrl : void 0;
        if (url)
          return "" + url;
        return hasBeenThere ? void 0 : "";
      }
      function look() {
        var found = find();
        var sight = function(state, running) {
          return Object.assign({ state: state, user: "" + users, namespace: account || names()[0] }, running);
        };
        if (!found)
          return sight("absent");
        var stubQueue = found._api ? void 0 : found.q;
        if (!hasBeenThere && (stubQueue || found._api)) {
          hasBeenThere = true;
          if (!hasFired)
            isOver = true;
        }
        observeOnce(found);
        if (stubQueue) {
          var isBlocked = stubQueue.push !== [].push || Date.now() - watchedSince > BLOCKED_AFTER;
          return sight(isBlocked ? "blocked" : "loading");
        }
        var url = runningUrl(found);
        if (url === void 0)
          return sight(idle);
        if (!hasFired)
          begin(url);
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
          var found = find();
          if (window.top !== window && found._api && found instanceof Function && !window._fs_is_outer_script) {
            tell("child-frame");
          }
          delete properties.uid;
          if (Object.keys(properties)[0])
            call("setProperties", { type: "user", properties: properties });
        },
        trackEvent: function(event, moment) {
          var properties = event.properties;
          var at = moment.at;
          if (Date.now() - at > LATE)
            properties.decided_at = new Date(at).toISOString();
          call("trackEvent", { name: event.name.slice(0, LONGEST_EVENT_NAME), properties: properties });
        },
        // https://developer.fullstory.com/browser/v2/custom-properties/
        isPropertyName: function(name) {
          return /^(?!uid$)[a-z][\w-]*$/i.test(name);
        }
      };
    };
  }

  // src/optimizely/call-after.ts
  function callAfter(holder, name, after) {
    var methods = holder;
    var original = methods[name];
    if (typeof original !== "function")
      return function() {
      };
    var isOwn = Object.getOwnPropertyDescriptor(methods, name);
    function replacement() {
      var result = original.apply(this, arguments);
      after(result);
      return result;
    }
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
    var isChained = before && before.get && before.set && before.configurable;
    var value = before && before.value;
    var holder = isChained ? before : { get: function() {
      return value;
    }, set: function(next) {
      return value = next;
    } };
    var isStopped = false;
    function read() {
      return holder.get.call(page);
    }
    function show(current) {
      if (isStopped)
        leave();
      else
        look(current);
    }
    function get() {
      var current = read();
      show(current);
      return current;
    }
    function set(next) {
      holder.set.call(page, next);
      if (isOurs())
        define();
      show(next);
    }
    function isOurs() {
      var now = Object.getOwnPropertyDescriptor(page, name);
      return !!now && now.get === get;
    }
    function define() {
      delete page[name];
      Object.defineProperty(page, name, { configurable: true, enumerable: read() !== void 0, get: get, set: set });
    }
    function leave() {
      if (!isOurs())
        return;
      delete page[name];
      if (isChained)
        Object.defineProperty(page, name, before);
      else if (value !== void 0)
        page[name] = value;
    }
    look(read());
    if (!before || isChained || before.writable && before.configurable)
      define();
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
    var sdks = [];
    var looks = [];
    var undos = [];
    var isFound = false;
    var isWatching = false;
    var isClientWatched = false;
    var cancel;
    function offer(candidate, isNew) {
      if (candidate && connect(candidate, isNew))
        isFound = true;
    }
    function wrapCreateInstance(sdk) {
      if (sdk && sdk.createInstance && sdks.indexOf(sdk) < 0) {
        sdks.push(sdk);
        var isNew_1 = isWatching;
        undos.push(callAfter(sdk, "createInstance", function(created) {
          return offer(created, isNew_1);
        }));
      }
    }
    function watch(path) {
      var keys = path.split(".");
      var global = keys.shift();
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
        } catch (_a2) {
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
      isWatching = true;
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
  var consolePrefix = "[optimizely-fullstory] ";
  var packageName = "optimizely-fullstory";

  // src/page/warn.ts
  function warn(message) {
    try {
      console.warn(typeof message === "string" ? consolePrefix + message : message);
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
  function createRateLimit(limits, kind) {
    var theirs = limits[kind];
    var ours = limits.ours && limits.ours[kind];
    var most = Math.max(theirs ? theirs[0] : 0, ours ? ours[0] : 0);
    var calls = [];
    return {
      delay_: function(within) {
        var rate = within === "ours" && ours || theirs;
        if (!rate || within === "none")
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

  // src/delivery/sign-in.ts
  var HOLD = 2e3;
  var DECIDED_AHEAD = 500;
  function holdsFor(signIn) {
    var now = Date.now();
    return signIn <= now ? Math.max(0, signIn + HOLD - now) : 0;
  }
  function isOfUserBefore(_a, signIn) {
    var madeAt_ = _a.madeAt_;
    return madeAt_ < signIn - DECIDED_AHEAD;
  }
  function isSuperseded(delivery, signIn) {
    var holder = delivery.flag_.deliveries_[0];
    return isOfUserBefore(delivery, signIn) && !isOfUserBefore(holder, signIn) && holder.madeAt_ <= signIn + HOLD;
  }

  // src/delivery/hand-over.ts
  var TRIES = 3;
  var REMEMBERED = 1e3;
  function linkOf(_a) {
    var link = _a.link, session = _a.session;
    return link === void 0 ? session : link;
  }
  function createHandOver(destination, settings, memory, queue, report, shared, tell, lookWait) {
    var limits = destination.limits || {};
    var eventLimit = createRateLimit(limits, "events");
    var propertyLimit = createRateLimit(limits, "properties");
    var propertyTries = { failures_: 0, succeededBefore_: 0, retryAt_: 0 };
    var latest;
    var user;
    var signIn = 0;
    var successes = 0;
    var sharedLink = function(sight) {
      return settings.dedupe === "session" && linkOf(sight);
    };
    var retryIn = function(_a) {
      var retryAt_ = _a.retryAt_;
      return retryAt_ - Date.now();
    };
    function noticeSession(sight) {
      if (latest && latest.session !== sight.session) {
        if (sharedLink(sight) && sharedLink(sight) === sharedLink(latest))
          shared.write_([]);
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
      } catch (_a) {
        tell(problemOf(destination.name, "throws"));
        if (!tries.failures_)
          tries.succeededBefore_ = successes;
        tries.retryAt_ = Date.now() + retryWait(++tries.failures_);
        return false;
      }
    }
    function handOverProperties(within, isHeld) {
      var _loop_1 = function() {
        var changes = memory.changes_(isHeld);
        if (!changes[0])
          return { value: 0 };
        var wait = Math.max(within === "ours" ? retryIn(propertyTries) : 0, propertyLimit.delay_(within));
        if (wait > 0)
          return { value: wait };
        propertyLimit.spend_();
        if (!succeeds(function() {
          return destination.setProperties(Object.fromEntries(changes));
        }, propertyTries)) {
          return { value: retryIn(propertyTries) };
        }
        changes.forEach(function(_a) {
          var value = _a[1], flag = _a[2];
          flag.knownValue_ = value;
        });
      };
      for (; ; ) {
        var state_1 = _loop_1();
        if (typeof state_1 === "object")
          return state_1.value;
      }
    }
    function handOverEvents(within, isHeld, propertyWait, link) {
      var wait = 0;
      var known = link ? shared.read_() : [];
      if (known[0] !== link)
        known = [link];
      var knownBefore = known.length;
      queue.goThrough_(function(delivery) {
        if (isSuperseded(delivery, signIn))
          return "dropped";
        if (isHeld(delivery) || within === "ours" && retryIn(delivery) > 0)
          return "waiting";
        var event = memory.eventOf_(delivery);
        var key = decisionKey(delivery.decision_);
        var isKnown = known.indexOf(key) > 0;
        var name = event && !isKnown && event.name;
        wait = name || settings.eventName ? eventLimit.delay_(within) : propertyWait;
        if (wait)
          return void 0;
        if (name) {
          eventLimit.spend_();
          var track = function() {
            return destination.trackEvent(
              // A copy: the page may change or freeze what it gets.
              { name: name, properties: Object.assign({}, event.properties) },
              { at: delivery.decision_.at, id: key }
            );
          };
          if (!succeeds(track, delivery)) {
            return delivery.failures_ >= TRIES && successes > delivery.succeededBefore_ ? "dropped" : "waiting";
          }
          if (link)
            known.push(key);
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
      var due = holdsFor(signIn) || Infinity;
      queue.deliveries_().forEach(function(delivery) {
        var wait = retryIn(delivery);
        if (wait > 0)
          due = Math.min(due, wait);
      });
      return due;
    }
    function waitForSession(state) {
      var deliveries = queue.deliveries_();
      deliveries.forEach(function(delivery) {
        if (delivery.waitsFor_ !== state)
          report.explain_(delivery.decision_, "waiting: it is " + state);
        delivery.waitsFor_ = state;
      });
      return deliveries[0] || state === "absent" ? lookWait() : Infinity;
    }
    return function(within) {
      var sight = destination.look();
      if (latest && sight.user !== user)
        signIn = Date.now();
      user = sight.user;
      if (sight.session === void 0)
        return waitForSession(sight.state);
      noticeSession(sight);
      var isHeld = function(delivery) {
        return within === "ours" && isOfUserBefore(delivery, signIn) && holdsFor(signIn) > 0;
      };
      var propertyWait = handOverProperties(within, isHeld);
      var eventWait = handOverEvents(within, isHeld, propertyWait, sharedLink(sight));
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
      keep_: function(decisions, isCopy) {
        var copyBy = isCopy ? page : void 0;
        return stored.write_(others().concat(decisions.map(function(decision) {
          return Object.assign({ copyBy: copyBy }, decision);
        })));
      },
      takeAll_: function() {
        var kept = others();
        stored.write_([]);
        return kept;
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
    var isList = Array.isArray(fallback);
    var type = typeof fallback;
    var isText = typeof written === "string";
    var isSameType = isList ? Array.isArray(written) : typeof written === type && written !== null;
    if (!isText && !isSameType)
      return void 0;
    var text = ("" + written).trim();
    if (isList)
      return text.split(/\s*,\s*/).filter(Boolean);
    if (type === "number")
      return /^[1-9]\d*$/.test(text) ? +text : void 0;
    if (type === "boolean")
      return /^(true)?$/.test(text) || (text === "false" ? false : void 0);
    return isText ? text : written;
  }
  function isWithin(value, limit) {
    if (typeof limit === "number")
      return (value.length || value) <= limit;
    if (Array.isArray(limit))
      return [].concat(value).every(function(word) {
        return limit.includes(word);
      });
    return !limit || limit.test("" + value);
  }
  function isNear(one, other, edits) {
    var oneRest = one.slice(1);
    var otherRest = other.slice(1);
    return one === other || one.charAt(0) === other.charAt(0) && isNear(oneRest, otherRest, edits) || edits > 0 && (isNear(oneRest, otherRest, edits - 1) || isNear(oneRest, other, edits - 1) || isNear(one, otherRest, edits - 1));
  }
  function isMisspelt(attribute, name) {
    var letters = attribute.toLowerCase().replace(/[^a-z]/g, "");
    var difference = letters.length - name.length;
    return letters.charAt(0) === name.charAt(0) && Math.abs(difference) < 2 && isNear(letters, name.toLowerCase(), 2);
  }
  function readSettings(sources, warn2) {
    var settings = {};
    var names = Object.keys(SETTINGS);
    names.forEach(function(name) {
      settings[name] = SETTINGS[name][0];
    });
    sources.forEach(function(source, index) {
      var object = source || {};
      names.forEach(function(name) {
        try {
          var written = object[name];
          if (written === void 0)
            return;
          var value = convert(written, SETTINGS[name][0]);
          var isRight = value !== void 0 && isWithin(value, SETTINGS[name][1]);
          if (isRight || name === "flags" && value)
            settings[name] = value;
          if (isRight)
            return;
        } catch (_a) {
        }
        warn2("setting-wrong:" + name);
      });
      try {
        Object.keys(object).forEach(function(name) {
          if (names.includes(name) || name === "queue")
            return;
          if (!index || names.some(function(ours) {
            return isMisspelt(name, ours);
          })) {
            warn2("setting-unknown:" + name);
          }
        });
      } catch (_a) {
      }
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
        if (earlier) {
          earlier.madeAt_ = decision.at;
          report.settle_(delivery, earlier.event_ === false ? "ignored" : "duplicate", decision.at);
        }
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
    function dropOldest() {
      while (queue.length > bufferSize)
        report.settle_(queue.shift(), "dropped", Date.now());
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
      deliveries_: function() {
        return queue;
      },
      goThrough_: function(take) {
        var kept = [];
        var outcome = "waiting";
        for (var left = queue.length; left && queue[0] && outcome; left--) {
          var delivery = queue.shift();
          outcome = take(delivery);
          if (outcome && outcome !== "waiting")
            report.settle_(delivery, outcome, Date.now());
          else
            kept.push(delivery);
        }
        queue = kept.concat(queue);
        dropOldest();
      },
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
      lines.push(consolePrefix + destination + ": " + flagKey + " = " + variationKey + " \u2192 " + step);
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
        var delivery = {
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
        if (outcome === "dropped")
          delivery.isLost_ = true;
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
  function createLane(destination, bridgeSettings, beforeSend, timers, tell, readJson2) {
    var settings = Object.assign({}, bridgeSettings, destination.settings);
    var _a = destination.limits, limits = _a === void 0 ? {} : _a;
    var key = storageKey(destination, settings);
    var report = createReport(destination.name, settings.debug && timers.soon);
    var memory = createMemory(settings, destination, report, tell, beforeSend, function(delivery) {
      if (delivery)
        queue.add_(delivery);
      handOverSoon();
    });
    var queue = createQueue(settings.bufferSize, report);
    var handOver = createHandOver(destination, settings, memory, queue, report, createStoredList("localStorage", key, tell), tell, timers.lookWait);
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
      waitForLeaving(true);
      isSoon = true;
      if (isHandingOver)
        handOverIn(0);
      else
        timers.soon(runDue);
    }
    function hasMore() {
      return !!(queue.deliveries_()[0] || memory.changes_(function() {
        return false;
      })[0]);
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
      waitForLeaving(isSoon || hasMore());
      if (isHidden && persists)
        kept.keep_(queue.decisions_(), true);
    }
    function waitForLeaving(isNeeded) {
      if (!isNeeded) {
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
      if (!persists || !queue.deliveries_()[0])
        return;
      persists = kept.keep_(queue.decisions_());
      if (persists)
        queue.giveAway_();
      else
        handOverLast();
      waitForLeaving(hasMore());
    }
    return {
      take_: memory.take_,
      start_: function() {
        isStopped = false;
        stopWatching = destination.watch(handOverSoon);
        handOverSoon();
      },
      show_: function() {
        isHidden = isLeft = false;
        if (!settings.persist)
          return;
        var before = Date.now() - (limits.keptFor || Infinity);
        kept.takeAll_().forEach(function(json) {
          var at = Number((json || {}).at);
          if (at > before)
            memory.take_(readJson2(json, "", at));
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
        if (stopWatching)
          stopWatching();
        stopWatching = void 0;
        handOverIn(Infinity);
        waitForLeaving(false);
      },
      status_: function() {
        var sight = destination.look();
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
      var context = info_1.userContext || info_1;
      var ofContext = context.getUserId ? context.getUserId() : context.userId;
      return readDecision(info_1, userId || info_1.userId || ofContext, at);
    } catch (_a) {
      return readDecision({}, "", at);
    }
  }

  // src/optimizely/read-impressions.ts
  function readImpressions(notification, take) {
    notification.params.visitors.forEach(function(visitor) {
      visitor.snapshots.forEach(function(snapshot) {
        var event = snapshot.events[0];
        (snapshot.decisions || []).forEach(function(decision) {
          var json = Object.assign({}, decision, decision.metadata);
          take(readJson(json, visitor.visitor_id, event.timestamp), event.uuid);
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
          var answer = result;
          if (answer && answer.success === false)
            throw answer.reason;
          unready--;
        }).catch(function(error) {
          failure = "" + (error && error.message || error);
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
    function connect(center, isNew) {
      var since = Date.now();
      var heard = [];
      var undos = [];
      var catchesUp = !isNew && met.indexOf(center) < 0;
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
          readImpressions(notification, function(decision, uuid) {
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
          if (renewed < 1)
            return id;
          if (id)
            center.removeNotificationListener(id);
          return renewed;
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
          undos.push(callAfter(center, name, function() {
            if (connections.indexOf(connection) >= 0)
              listen2();
          }));
        } catch (_a) {
        }
      });
      return connection;
    }
    return {
      listenTo_: function(client, isNew) {
        try {
          var center_1 = client.notificationCenter;
          if (!connections.some(function(connection2) {
            return connection2.center_ === center_1;
          })) {
            var connection = connect(center_1, isNew);
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
        connections.forEach(function(connection) {
          connection.listen_();
        });
      },
      leaveAll_: function() {
        var left = connections;
        connections = [];
        left.forEach(function(connection) {
          connection.leave_();
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
      return createLane(
        typeof source === "function" ? source(settings, tell) : source,
        settings,
        // Looked up when it is called: pages define theirs late.
        typeof beforeSend === "string" ? function(event, decision) {
          return callGlobal(beforeSend, event, decision);
        } : beforeSend,
        timers,
        tell,
        readJson
      );
    });
    function everyLane(run) {
      lanes.forEach(run);
    }
    function take(decision, isRecovered, mayBeKnown) {
      everyLane(function(lane) {
        return lane.take_(decision, isRecovered, mayBeKnown);
      });
    }
    var listener = createDecisionListener(take);
    var undos = [];
    function isHidden() {
      return document.visibilityState === "hidden";
    }
    function hide() {
      everyLane(function(lane) {
        return lane.hide_();
      });
    }
    function show() {
      if (!isHidden())
        everyLane(function(lane) {
          return lane.show_();
        });
    }
    function start() {
      if (undos[0])
        return;
      undos = [
        listen(window, "pagehide", function() {
          return everyLane(function(lane) {
            return lane.leave_();
          });
        }),
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
      everyLane(function(lane) {
        return lane.start_();
      });
    }
    show();
    start();
    var stopAttaching = attach({
      client: settings.client,
      timers: timers,
      connect: function(candidate, isNew) {
        return !!undos[0] && listener.listenTo_(candidate, isNew);
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
          take(readJson(json, userId, Date.now()));
        });
      },
      status: function() {
        var statuses = lanes.map(function(lane) {
          return lane.status_();
        });
        var sdk = listener.readiness_();
        var clients = listener.count_();
        var first = statuses[0];
        var codes = problems.slice();
        statuses.forEach(function(_a) {
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
          destinations: statuses,
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
        everyLane(function(lane) {
          return lane.stop_();
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
    try {
      var found = readBare();
      if (found !== page[name] || Object.getOwnPropertyDescriptor(page, name))
        return found || {};
    } catch (_a) {
    }
    return {};
  }
  function readAttributes() {
    try {
      var current = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript");
      return current.get.call(document).dataset;
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
    var runQueue = function(settings) {
      if (Array.isArray(settings.queue))
        settings.queue.forEach(dropIn.queue.push);
    };
    try {
      Object.defineProperty(window, name, {
        configurable: true,
        enumerable: true,
        get: function() {
          return dropIn;
        },
        set: function(late) {
          if (late === dropIn)
            return;
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
