"use strict";
(function() {
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
    var isList = Array.isArray(fallback);
    var type = typeof fallback;
    var isText = typeof written === "string";
    var isSameType = isList ? Array.isArray(written) : typeof written === type;
    if (!isText && !isSameType)
      return void 0;
    var text = ("" + written).trim();
    var isWhole = isText || text.length >= written.length;
    if (isList)
      return (isWhole ? text : "/").split(/\s*,\s*/).filter(Boolean);
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
  function lettersLeft(text, other) {
    other.split("").forEach(function(letter) {
      text = text.replace(letter, "");
    });
    return text.length;
  }
  function isMisspelt(attribute, name) {
    var letters = attribute.toLowerCase().replace(/[^a-z]/g, "");
    var ours = name.toLowerCase();
    var more = lettersLeft(letters, ours);
    var fewer = lettersLeft(ours, letters);
    return letters[0] === ours[0] && more < 3 && fewer < 3 && Math.abs(more - fewer) < 2;
  }
  function readSettings(sources, warn) {
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
        warn("setting-wrong:" + name);
      });
      try {
        Object.keys(object).forEach(function(name) {
          if (names.includes(name) || name === "queue" || name === "connect")
            return;
          if (!index || names.some(function(ours) {
            return isMisspelt(name, ours);
          })) {
            warn("setting-unknown:" + name);
          }
        });
      } catch (_a) {
      }
    });
    return settings;
  }

  // src/page/global-path.ts
  function follow(value, keys) {
    keys.forEach(function(key) {
      value = value && value[key];
    });
    return value;
  }
  function callGlobal(path, one, other) {
    var keys = path.split(".");
    var method = keys.pop();
    return follow(window, keys)[method](one, other);
  }

  // src/page/ignore-rejection.ts
  function nothing() {
  }
  function ignoreRejection(result) {
    try {
      if (result && result.then)
        result.then(nothing, nothing);
    } catch (_a) {
    }
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
    var sdk = !found.track && found.getInstance ? found.getInstance() : found;
    var session;
    var device;
    var user;
    try {
      session = sdk.getSessionId();
      device = sdk.track ? sdk.getDeviceId() : sdk.options.deviceId;
      user = sdk.track ? sdk.getUserId() : sdk.options.userId;
    } catch (_a) {
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
      var value = follow(window, path.split("."));
      if (isAmplitude(value))
        return value;
    } catch (_a) {
    }
    return void 0;
  }
  function pathsOf(name) {
    return [name].concat(GLOBALS.map(function(global) {
      return global + "._iq." + name;
    }), "amplitude._instances." + name.toLowerCase());
  }
  function createFinder(wanted) {
    var paths = typeof wanted === "string" && wanted ? pathsOf(wanted) : GLOBALS;
    var isGiven = isAmplitude(wanted);
    var path = paths[0];
    return {
      find_: function() {
        if (isGiven)
          return wanted;
        path = [path].concat(paths).find(read) || path;
        return read(path);
      },
      /** Its name for the status; undefined if the site handed over an instance or module. */
      name_: function() {
        return isGiven ? void 0 : wanted || path;
      }
    };
  }

  // src/destinations/amplitude/insert-id.ts
  function insertId(parts) {
    var text = parts.join("\n");
    var one = 1;
    var other = 2;
    for (var index = 0; index < text.length; index++) {
      one = Math.imul(one ^ text.charCodeAt(index), 16777619);
      other = Math.imul(other ^ one, 2246822507);
    }
    return [one, other].map(function(hash) {
      return (hash >>> 0).toString(36);
    }).join("-");
  }

  // src/destinations/amplitude/options.ts
  var isInstance = function(value) {
    return typeof value === "string" || isAmplitude(value);
  };
  function readOptions(written, _a, tell) {
    var propertyName = _a.propertyName, eventName = _a.eventName, dedupe = _a.dedupe;
    var defaults = { propertyName: propertyName, eventName: eventName, dedupe: dedupe === "none" ? dedupe : "session" };
    if (isInstance(written))
      return Object.assign(defaults, { instance: written });
    var given = Object.assign({}, defaults, written);
    var instance = given.instance, exposure = given.exposure;
    var wrong = function(name) {
      return tell("setting-wrong:amplitude" + name);
    };
    if (written && written.then)
      wrong("");
    if (instance && !isInstance(instance))
      wrong(".instance");
    if (exposure && exposure !== true)
      wrong(".exposure");
    delete given.instance;
    delete given.exposure;
    var read2 = readSettings([given], function(code) {
      return tell(code.replace(":", ":amplitude."));
    });
    return Object.assign(read2, { instance: isInstance(instance) && instance, exposure: exposure === true });
  }

  // src/destinations/delays.ts
  var BLOCKED_AFTER = 1e4;
  var LATE = 1e3;

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
    return function(settings, tell) {
      var options = readOptions(setting || settings.amplitude, settings, tell);
      var dedupe = options.dedupe;
      var finder = createFinder(options.instance);
      var page = dedupe === "page" && Math.random();
      var stubSince = 0;
      var latest;
      var sessions = 0;
      var asked;
      var config;
      function read2() {
        var found = finder.find_();
        if (isStub(found))
          throw Error();
        return readSdk(found);
      }
      function isOptedOut(_a) {
        var sdk_ = _a.sdk_, tracks_ = _a.tracks_;
        if (!tracks_)
          return sdk_.options.optOut;
        if (sdk_.getOptOut)
          return sdk_.getOptOut();
        if (!sdk_.add)
          return false;
        if (asked !== sdk_) {
          asked = sdk_;
          config = void 0;
          ignoreResult(sdk_.add({
            name: "optimizely",
            type: "enrichment",
            setup: function(given) {
              config = given;
            },
            execute: function(event) {
              return event;
            }
          }));
        }
        return !config || config.optOut;
      }
      function isOther(_a) {
        var session_ = _a.session_, device_ = _a.device_, user_ = _a.user_;
        return !latest || latest.session_ !== session_ || latest.device_ !== device_ || // Amplitude assigns the events of an anonymous device to the first user who signs in there, so these stay sent.
        !!latest.user_ && latest.user_ !== user_;
      }
      function lookAt(found) {
        if (!found)
          return { state: "absent" };
        if (isStub(found)) {
          stubSince = stubSince || Date.now();
          return { state: Date.now() - stubSince > BLOCKED_AFTER ? "blocked" : "loading" };
        }
        var reading = readSdk(found);
        var session_ = reading.session_, user = reading.user_;
        if (typeof session_ !== "number" || isOptedOut(reading))
          return { state: "waiting", user: user };
        if (isOther(reading))
          sessions++;
        latest = reading;
        return {
          state: "capturing",
          // A plugin would be told of users and sessions only by the newest versions, and the site's events would pass through it.
          isPolled: true,
          user: user,
          session: sessions,
          link: "" + session_
        };
      }
      function look() {
        var sight = { state: "absent" };
        try {
          sight = lookAt(finder.find_());
        } catch (_a) {
        }
        sight.namespace = finder.name_();
        return sight;
      }
      function nameOf(_a) {
        var tracks_ = _a.tracks_, device_ = _a.device_, user_ = _a.user_;
        return tracks_ && device_ ? device_ + "\n" + user_ : void 0;
      }
      function who() {
        try {
          return nameOf(read2());
        } catch (_a) {
        }
        return void 0;
      }
      function track(reading, event, text, id) {
        var known = text || nameOf(reading);
        var device = known && known.split("\n")[0];
        ignoreResult(reading.sdk_.track(Object.assign(
          event,
          // An anonymous user is `undefined`.
          device && { user_id: known.slice(device.length + 1) || void 0, device_id: device },
          id && dedupe !== "none" && {
            insert_id: insertId([reading.session_, page, known, event.event_type, id])
          }
        )));
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
        look: look,
        watch: function() {
          return function() {
          };
        },
        who: who,
        setProperties: function(properties, text) {
          var reading = read2();
          var event = { event_type: "$identify", user_properties: { $set: properties } };
          if (reading.tracks_)
            track(reading, event, text);
          else
            ignoreResult(reading.sdk_.setUserProperties(properties));
        },
        trackEvent: function(event, moment) {
          var name = event.name, properties = event.properties;
          var at = moment.at;
          var reading = read2();
          if (name === EXPOSURE)
            makeExposure(properties);
          if (reading.tracks_) {
            track(reading, { event_type: name, event_properties: properties, time: at }, moment.who, moment.id);
          } else {
            if (Date.now() - at > LATE)
              properties.decided_at = new Date(at).toISOString();
            ignoreResult(reading.sdk_.logEvent(name, properties));
          }
        },
        flush: function() {
          try {
            ignoreResult(read2().sdk_.flush());
          } catch (_a) {
          }
        }
      };
    };
  }

  // src/optimizely/call-after.ts
  function callAfter(methods, name, after) {
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
      throw new TypeError(name);
    return function() {
      if (methods[name] !== replacement)
        return;
      if (isOwn)
        methods[name] = original;
      else
        delete methods[name];
    };
  }

  // src/page/own-members.ts
  function ownMembersOnly(descriptor) {
    return descriptor && Object.setPrototypeOf(descriptor, null);
  }

  // src/optimizely/watch-global.ts
  function watchGlobal(name, look) {
    var page = window;
    var before = ownMembersOnly(Object.getOwnPropertyDescriptor(page, name));
    var isChained = before && before.get && before.set && before.configurable;
    var value = before && before.value;
    var holder = isChained ? before : { get: function() {
      return value;
    }, set: function(next) {
      return value = next;
    } };
    function peek() {
      try {
        return holder.get.call(page);
      } catch (_a) {
      }
      return void 0;
    }
    function get() {
      var current = holder.get.call(page);
      look(current);
      return current;
    }
    function set(next) {
      holder.set.call(page, next);
      if (isOurs())
        define();
      look(next);
    }
    function isOurs() {
      var now = Object.getOwnPropertyDescriptor(page, name);
      return !!now && now.get === get;
    }
    function define() {
      delete page[name];
      Object.defineProperty(page, name, ownMembersOnly({ configurable: true, enumerable: peek() !== void 0, get: get, set: set }));
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
    look(peek());
    if (!before || isChained || before.writable && before.configurable)
      define();
    return function() {
      look = leave;
      leave();
    };
  }

  // src/optimizely/discovery.ts
  var WATCHED = ["optimizelySdk", "optimizelyReactSdk", "optimizelyClientInstance"];
  var CLIENT = "optimizelyClient";
  function discoverClients(client, connect, tell, timers, recordings) {
    var recorded = recordings[0];
    var name = typeof client === "string" ? client : "";
    var met = [];
    var looks = [];
    var undos = [];
    var isWatching = false;
    var isClientWatched = false;
    var cancel;
    function offer(candidate, isNew) {
      if (candidate)
        connect(candidate, isNew, !isWatching);
    }
    function offerRecorded(_a) {
      var one = _a[0], sawCreation = _a[1];
      if (!client || !sawCreation)
        connect(one);
    }
    function wrapCreateInstance(sdk) {
      if (sdk && sdk.createInstance && !met.includes(sdk) && !met.includes(sdk.createInstance)) {
        var isNew_1 = isWatching;
        undos.push(callAfter(sdk, "createInstance", function(created) {
          return offer(created, isNew_1);
        }));
        met.push(sdk, sdk.createInstance);
      }
    }
    function watch(path) {
      var keys = path.split(".");
      var global = keys.shift();
      var look = function(value) {
        try {
          offer(follow(value, keys));
          if (name || typeof value !== "object")
            return;
          wrapCreateInstance(value);
          wrapCreateInstance(value && value.default);
        } catch (_a) {
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
        } catch (_a) {
        }
      });
      cancel = timers.later_(lookAround, timers.lookWait_());
    }
    function watchClientOnceThere() {
      if (isClientWatched || !Object.getOwnPropertyDescriptor(window, CLIENT))
        return;
      isClientWatched = true;
      watch(CLIENT);
    }
    recorded.forEach(offerRecorded);
    try {
      undos.push(callAfter(recorded, "push", function(length) {
        return offerRecorded(recorded[length - 1]);
      }));
    } catch (_a) {
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
          return offer(typeof optimizelyClient !== "undefined" && optimizelyClient);
        }, watchClientOnceThere);
      }
      lookAround();
      isWatching = true;
    }
    return function() {
      if (cancel)
        cancel();
      undos.concat(recordings[2]).forEach(function(undo) {
        undo();
      });
    };
  }

  // src/version.ts
  var version = "0.1.0";
  var consolePrefix = "[optimizely-fullstory]";
  var packageName = "optimizely-fullstory";

  // src/page/console.ts
  function write(method, message) {
    try {
      console[method](consolePrefix, message);
    } catch (_a) {
    }
  }

  // src/decision.ts
  function isSameDecision(one, other) {
    return one.variationKey === other.variationKey && one.userId === other.userId && one.ruleKey === other.ruleKey && one.enabled === other.enabled;
  }
  function decisionKey(decision) {
    var userId = decision.userId, flagKey = decision.flagKey, variationKey = decision.variationKey, ruleKey = decision.ruleKey, enabled = decision.enabled;
    return [flagKey, variationKey, ruleKey, enabled, userId].join("\n");
  }
  var KEPT = 1;
  var RECORDED = 2;
  var RECOVERED = 3;

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

  // src/features.ts
  var namesUsers = true;

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

  // src/status.ts
  function problemOf(destination, problem) {
    return destination.toLowerCase() + "-" + problem;
  }

  // src/delivery/rate-limit.ts
  var MOST = 9999;
  function createRateLimit(limits, kind) {
    var theirs = limits[kind];
    var ours = limits.ours && limits.ours[kind];
    var calls = [];
    return {
      delay_: function(within) {
        var rate = within === "ours" && ours || theirs;
        if (!rate || within === "none")
          return 0;
        var now = steadyNow();
        var wait = function(call, span) {
          if (call === void 0) {
            call = -Infinity;
          }
          return call + span - now;
        };
        return Math.ceil(Math.max(0, wait(calls[rate[0] - 1], 6e4), wait(calls[rate[1] - 1], 1e3)));
      },
      spend_: function() {
        calls.unshift(steadyNow());
        calls.splice(MOST);
      }
    };
  }

  // src/delivery/sign-in.ts
  var HOLD = 2e3;
  var REMEMBERED_SIGN_INS = 20;
  var DECIDED_AHEAD = 500;
  function isToHold(_a, signIn) {
    var madeAt_ = _a.madeAt_, wasReached_ = _a.wasReached_;
    return madeAt_ <= signIn - (wasReached_ ? 0 : DECIDED_AHEAD);
  }
  function isSuperseded(delivery, signIn) {
    var holder = delivery.flag_.deliveries_[0];
    var isOfOtherUser = delivery.decision_.userId !== holder.decision_.userId && delivery.madeAt_ <= signIn;
    return holder !== delivery && (isOfOtherUser || isToHold(delivery, signIn)) && holder.madeAt_ > signIn - DECIDED_AHEAD && holder.madeAt_ <= signIn + HOLD;
  }

  // src/delivery/hand-over.ts
  var TRIES = 3;
  var FIRST_RETRY = 500;
  var LONGEST_RETRY = 3e5;
  var PROPERTIES_PER_CALL = 1e3;
  var REMEMBERED = 1e3;
  function createHandOver(destination, limits, settings, memory, queue, report, shared, tell, lookWait) {
    var eventLimit = createRateLimit(limits, "events");
    var propertyLimit = createRateLimit(limits, "properties");
    var propertyTries = { failures_: 0, succeededBefore_: 0, retryAt_: 0 };
    var latest;
    var user;
    var signIns = [0];
    var holdEnd = 0;
    var successes = 0;
    var sharedLink;
    var state;
    var within;
    var due;
    function waits(ms) {
      if (ms > 0)
        due = Math.min(due, ms);
      return ms > 0;
    }
    function waitsForRetry(_a) {
      var retryAt_ = _a.retryAt_;
      return within === "ours" && waits(retryAt_ - steadyNow());
    }
    function isHeld(delivery) {
      return within === "ours" && isToHold(delivery, signIns[0]) && waits(holdEnd - steadyNow());
    }
    function catchUpWith(now) {
      var done = [now, void 0];
      var allowed = within;
      within = "none";
      memory.changes_().forEach(function(_a) {
        var flag = _a[2];
        var who_ = flag.deliveries_[0].who_;
        if (done.indexOf(who_) >= 0)
          return;
        done.push(who_);
        handOverProperties(memory.changes_(function(delivery) {
          return delivery.who_ !== who_;
        }), who_);
      });
      within = allowed;
    }
    function forgetShared() {
      if (sharedLink)
        shared.write_([]);
      sharedLink = void 0;
    }
    function noticeSession(sight) {
      if (sight.session === void 0)
        return;
      var link = settings.dedupe === "session" && sight.link;
      var now;
      var isOther = latest && latest.session !== sight.session;
      if (namesUsers && destination.who) {
        now = destination.who();
        if (!latest)
          isOther = true;
        if (isOther || latest.user !== sight.user) {
          catchUpWith(now);
          memory.renew_(now, true);
        }
      }
      if (isOther) {
        if (link === sharedLink)
          forgetShared();
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
      } catch (_a) {
        tell(problemOf(destination.name, "throws"));
        if (!tries.failures_)
          tries.succeededBefore_ = successes;
        tries.retryAt_ = steadyNow() + Math.min(FIRST_RETRY * Math.pow(20, tries.failures_++), LONGEST_RETRY);
        return false;
      }
    }
    function handOverProperties(changes, who) {
      if (!changes[0])
        return true;
      if (waitsForRetry(propertyTries) || waits(propertyLimit.delay_(within)))
        return false;
      propertyLimit.spend_();
      var some = changes.splice(0, PROPERTIES_PER_CALL);
      var properties = /* @__PURE__ */ Object.create(null);
      some.forEach(function(_a) {
        var name = _a[0], value = _a[1];
        properties[name] = value;
      });
      Object.setPrototypeOf(properties, Object.prototype);
      var isTaken = succeeds(function() {
        return destination.setProperties(properties, who);
      }, propertyTries);
      some.forEach(function(_a) {
        var value = _a[1], flag = _a[2];
        flag.knownValue_ = isTaken ? value : void 0;
      });
      waits(propertyTries.retryAt_ - steadyNow());
      return isTaken && handOverProperties(changes, who);
    }
    function dropSuperseded() {
      queue.goThrough_(function(delivery) {
        var isForUser = namesUsers && delivery.who_;
        return !isForUser && signIns.some(function(signIn) {
          return isSuperseded(delivery, signIn);
        }) ? "dropped" : "waiting";
      });
    }
    function handOverEvents(arePropertiesSent) {
      var known = sharedLink ? shared.read_() : [];
      var knownBefore = known.length;
      var isFull = false;
      queue.goThrough_(function(delivery) {
        var who = namesUsers ? delivery.who_ : void 0;
        var isToWait = isFull || !who && isHeld(delivery) || waitsForRetry(delivery);
        delivery.wasReached_ = true;
        if (isToWait)
          return "waiting";
        isFull = waits(eventLimit.delay_(within)) || !(settings.eventName || arePropertiesSent);
        if (isFull)
          return "waiting";
        var event = memory.eventOf_(delivery);
        var id = decisionKey(delivery.decision_);
        if (known.indexOf(id + sharedLink) >= 0)
          return "duplicate";
        if (!event)
          return "ignored";
        if (event.name) {
          eventLimit.spend_();
          var track = function() {
            return destination.trackEvent(event, namesUsers ? { at: delivery.decision_.at, id: id, who: who } : { at: delivery.decision_.at, id: id });
          };
          if (!succeeds(track, delivery)) {
            if (delivery.failures_ >= TRIES && successes > delivery.succeededBefore_)
              return "dropped";
            waits(delivery.retryAt_ - steadyNow());
            return "waiting";
          }
          if (sharedLink)
            known.push(id + sharedLink);
        }
        return "sent";
      });
      if (known.length > knownBefore)
        shared.write_(known.slice(-REMEMBERED));
    }
    return function(allowed) {
      var sight = destination.look();
      within = allowed;
      due = Infinity;
      if (latest && sight.user !== user) {
        signIns.unshift(Date.now());
        signIns.splice(REMEMBERED_SIGN_INS);
        holdEnd = steadyNow() + HOLD;
      }
      user = sight.user;
      if (state !== sight.state)
        report.explain_("it is " + sight.state);
      state = sight.state;
      var hasSession = sight.session !== void 0;
      if (sight.isOver)
        forgetShared();
      noticeSession(sight);
      if (signIns[0])
        dropSuperseded();
      if (hasSession) {
        var arePropertiesSent = handOverProperties(memory.changes_(isHeld));
        if (namesUsers)
          noticeSession(destination.look());
        handOverEvents(arePropertiesSent);
      }
      if (sight.isPolled || !hasSession)
        waits(lookWait());
      return due;
    };
  }

  // src/delivery/kept-decisions.ts
  function createKeptDecisions(stored) {
    var page = Math.random();
    var others = function() {
      return stored.read_().filter(function(kept) {
        return kept && kept.copyBy !== page;
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

  // src/delivery/memory.ts
  var REMEMBERED_FLAGS = 5e3;
  var REMEMBERED_DECISIONS = 50;
  function copyOf(event) {
    return { name: event.name.substring(0), properties: Object.assign({}, event.properties) };
  }
  function createMemory(settings, destination, limits, report, tell, onChange) {
    var propertyName = settings.propertyName, flags = settings.flags, dedupe = settings.dedupe, beforeSend = settings.beforeSend;
    var byKey = /* @__PURE__ */ Object.create(null);
    var memory = [];
    var nameParts = propertyName.split("{flag}");
    var names = ["flag_key", "variation_key", "rule_key", "enabled"].concat(settings.include);
    var members;
    function isWanted(_a) {
      var flagKey = _a.flagKey, dispatched = _a.dispatched;
      if (!flagKey) {
        tell("decision-invalid");
        return false;
      }
      return (dispatched || !settings.impressionsOnly) && (!flags[0] || flags.some(function(flag) {
        return flag === flagKey || flag.endsWith("*") && flagKey.startsWith(flag.slice(0, -1));
      }));
    }
    function compose(decision) {
      var properties = {};
      members = members || names.map(camelCase);
      members.forEach(function(member, index) {
        var value = decision[member];
        if (value || value === false)
          properties[names[index]] = value;
      });
      return { name: settings.eventName, properties: properties };
    }
    function eventOf(delivery) {
      var decision_ = delivery.decision_;
      if (beforeSend === unchanged)
        return compose(decision_);
      if (delivery.event_ === void 0) {
        try {
          var event = compose(decision_);
          var copy = Object.assign({}, decision_);
          var edited = typeof beforeSend === "string" ? callGlobal(beforeSend, event, copy) : beforeSend(event, copy);
          ignoreRejection(edited);
          delivery.event_ = edited !== false && copyOf(edited);
        } catch (_a) {
          tell("before-send");
          delivery.event_ = compose(decision_);
        }
      }
      return delivery.event_ && copyOf(delivery.event_);
    }
    return {
      take_: function(decision, origin, mayBeKnown, kept) {
        var flagKey = decision.flagKey;
        var flag = byKey[flagKey];
        var deliveries = flag ? flag.deliveries_ : [void 0];
        var place = 0;
        while (deliveries[place] && !isSameDecision(deliveries[place].decision_, decision)) {
          place++;
        }
        var same = deliveries[place];
        if (mayBeKnown && same)
          return void 0;
        var at = kept && Number(kept.madeAt) || decision.at;
        if (origin === RECOVERED) {
          report.counts_.recovered++;
          tell("client-late");
        }
        if (!isWanted(decision)) {
          report.settle_(report.see_(decision), "ignored");
          return void 0;
        }
        var earlier = dedupe !== "none" && same && !same.isLost_ && same;
        if (earlier)
          report.seeRepeat_(decision, earlier.event_ === false ? "ignored" : "duplicate");
        if (!flag) {
          flag = { key_: flagKey, deliveries_: deliveries };
          byKey[flagKey] = flag;
          if (memory.push(flag) > REMEMBERED_FLAGS)
            delete byKey[memory.shift().key_];
        }
        var delivery = earlier || report.see_(decision, flag);
        delivery.madeAt_ = Math.max(at, (same || delivery).madeAt_);
        var holder = deliveries[0];
        if (delivery !== holder) {
          if (namesUsers && destination.who && !earlier)
            delivery.who_ = kept && kept.who || destination.who();
          if (kept)
            delivery.wasReached_ = true;
          var first = origin && holder && holder.madeAt_ > at ? 1 : 0;
          for (; place > first; place--)
            deliveries[place] = deliveries[place - 1];
          deliveries[place] = delivery;
          if (deliveries.length > REMEMBERED_DECISIONS)
            deliveries.pop();
          onChange(earlier ? void 0 : delivery, origin);
        }
        return beforeSend === unchanged && dedupe !== "session";
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
          if (!propertyName || flag.knownValue_ === value || isHeld && isHeld(delivery))
            return;
          if (beforeSend !== unchanged && !eventOf(delivery))
            return;
          var name = nameParts.join(flag.key_);
          if (propertyName !== DEFAULT_PROPERTY_NAME && destination.isPropertyName && !destination.isPropertyName(name)) {
            tell("property-name-rule");
          }
          changes.push([name, value, flag]);
        });
        return changes;
      },
      renew_: function(now, isSame) {
        var again = [];
        memory.forEach(function(flag) {
          flag.knownValue_ = void 0;
          if (namesUsers && isSame)
            return;
          var latest = flag.deliveries_[0];
          if (namesUsers && latest.who_ && latest.who_ !== now) {
            latest = Object.assign({}, latest, { outcome_: "sent", madeAt_: 0 });
            flag.deliveries_[0] = latest;
          }
          if (latest.outcome_ !== "waiting" && latest.event_ !== false) {
            latest.isLost_ = false;
            if (namesUsers)
              latest.who_ = void 0;
            again.push(latest);
          }
          flag.deliveries_.forEach(function(delivery) {
            if (delivery !== latest && delivery.outcome_ !== "waiting")
              delivery.isLost_ = true;
          });
        });
        return again;
      }
    };
  }

  // src/delivery/queue.ts
  function toKeep(_a) {
    var decision_ = _a.decision_, madeAt_ = _a.madeAt_, who_ = _a.who_;
    return Object.assign({ madeAt: madeAt_, who: who_ }, decision_);
  }
  function createQueue(bufferSize, report) {
    var queue = [];
    function dropOldest() {
      while (queue.length > bufferSize)
        report.settle_(queue.shift(), "dropped");
    }
    return {
      add_: function(delivery, origin) {
        var place = queue.length;
        for (; origin && place && queue[place - 1].decision_.at > delivery.decision_.at; place--) {
          queue[place] = queue[place - 1];
        }
        queue[place] = delivery;
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
        for (var left = queue.length; left && queue[0]; left--) {
          var delivery = queue.shift();
          var outcome = take(delivery);
          if (outcome !== "waiting")
            report.settle_(delivery, outcome);
          else
            kept.push(delivery);
        }
        queue = kept.concat(queue);
        dropOldest();
      },
      decisions_: function() {
        var decisions = queue.map(toKeep);
        var seen = [];
        for (var index = queue.length - 1; index >= 0; index--) {
          var last = queue[index];
          var deliveries_ = last.flag_.deliveries_;
          if (seen.indexOf(deliveries_) >= 0)
            continue;
          seen.push(deliveries_);
          var current = deliveries_[0];
          if (!isSameDecision(current.decision_, last.decision_))
            decisions.push(toKeep(current));
        }
        return decisions;
      },
      giveAway_: function() {
        queue.splice(0).forEach(report.forget_);
      }
    };
  }

  // src/delivery/report.ts
  var RECENT = 50;
  function createReport(destination, isDebug) {
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
    function explain(step) {
      if (isDebug)
        write("log", destination + ": " + step);
    }
    function explainDecision(_a, outcome) {
      var flagKey = _a.flagKey, variationKey = _a.variationKey;
      if (isDebug)
        explain(flagKey + " = " + variationKey + ": " + outcome);
    }
    return {
      counts_: counts,
      recent_: function() {
        return latest.slice(-RECENT).map(function(_a) {
          var decision_ = _a.decision_, outcome_ = _a.outcome_, settledAt_ = _a.settledAt_;
          var recent = Object.assign({ outcome: outcome_, settledAt: settledAt_ }, decision_);
          delete recent.userId;
          return recent;
        });
      },
      see_: function(decision, flag) {
        var delivery = {
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
        if (latest.push(delivery) > 2 * RECENT)
          latest = latest.slice(-RECENT);
        return delivery;
      },
      seeRepeat_: function(decision, outcome) {
        counts.seen++;
        counts[outcome]++;
        explainDecision(decision, outcome);
      },
      settle_: function(delivery, outcome) {
        if (delivery.outcome_ === "waiting") {
          counts.waiting--;
          counts[outcome]++;
          delivery.outcome_ = outcome;
          delivery.settledAt_ = Date.now();
        }
        if (outcome === "dropped")
          delivery.isLost_ = true;
        explainDecision(delivery.decision_, outcome);
      },
      forget_: function(delivery) {
        delivery.isLost_ = true;
        if (delivery.outcome_ !== "waiting")
          return;
        counts.seen--;
        counts.waiting--;
        delivery.outcome_ = "sent";
        latest = latest.filter(function(other) {
          return other !== delivery;
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
          if (typeof stored === "string")
            stored = JSON.parse(stored);
          if (Array.isArray(stored))
            return stored;
        } catch (_a) {
        }
        return [];
      },
      write_: function(list) {
        try {
          var text = JSON.stringify(list);
          var storage = window[area];
          storage.setItem(key, text);
          if (storage.getItem(key) === text) {
            if (!list.length)
              storage.removeItem(key);
            return true;
          }
        } catch (_a) {
        }
        tell("storage");
        return false;
      }
    };
  }

  // src/delivery/lane.ts
  var KEPT_FOR = 864e5;
  function storageKey(_a, settings) {
    var name = _a.name;
    var namespace = settings.namespace, flags = settings.flags, eventName = settings.eventName, propertyName = settings.propertyName;
    return [packageName, name, namespace, flags, eventName, propertyName].join("|");
  }
  function createLane(destination, bridgeSettings, timers, tell, readJson2) {
    var settings = Object.assign({}, bridgeSettings, destination.settings);
    var limits = destination.limits || {};
    var key = storageKey(destination, settings);
    var report = createReport(destination.name, settings.debug);
    var memory = createMemory(settings, destination, limits, report, tell, function(delivery, origin) {
      if (delivery)
        queue.add_(delivery, origin);
      waitForLeaving(true);
      handOverSoon();
    });
    var queue = createQueue(settings.bufferSize, report);
    var handOver = createHandOver(destination, limits, settings, memory, queue, report, createStoredList("localStorage", key, tell), tell, timers.lookWait_);
    var kept = createKeptDecisions(createStoredList("sessionStorage", key, tell));
    var persists = settings.persist;
    var isSoon = false;
    var isHandingOver = false;
    var isHidden = false;
    var isLeft = false;
    var takesKept = settings.persist;
    var cancelTimer;
    var undos = [];
    var stopWaitingForLeaving;
    function handOverSoon() {
      if (isSoon || !undos[0])
        return;
      isSoon = true;
      if (!isHandingOver)
        timers.soon_(runDue);
    }
    function handOverIn(ms) {
      if (cancelTimer)
        cancelTimer();
      cancelTimer = ms < Infinity && undos[0] ? timers.later_(runDue, ms) : void 0;
    }
    function runDue() {
      if (!undos[0])
        return;
      if (isLeft)
        leave();
      else
        run("ours");
    }
    function run(within) {
      if (within === void 0) {
        within = persists ? "theirs" : "none";
      }
      if (isHandingOver)
        return;
      isSoon = false;
      isHandingOver = true;
      var wait = handOver(within);
      isHandingOver = false;
      handOverIn(isSoon ? 0 : wait);
      isSoon = false;
      waitForLeaving(queue.deliveries_()[0] || memory.changes_()[0]);
      if (isHidden && persists)
        kept.keep_(queue.decisions_(), true);
    }
    function waitForLeaving(isNeeded) {
      if (!isNeeded || !undos[0]) {
        if (stopWaitingForLeaving)
          stopWaitingForLeaving();
        stopWaitingForLeaving = void 0;
      } else if (!stopWaitingForLeaving) {
        stopWaitingForLeaving = listen(window, "beforeunload", function() {
          return run();
        });
      }
    }
    function handOverLast(within) {
      run(within);
      if (destination.flush)
        destination.flush();
    }
    function leave() {
      isLeft = true;
      takesKept = settings.persist;
      handOverLast();
      if (!persists || !queue.deliveries_()[0])
        return;
      persists = kept.keep_(queue.decisions_());
      if (!persists)
        handOverLast();
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
      var isBack = isLeft;
      isLeft = false;
      isHidden = document.hidden === true;
      if (isHidden && !isBack)
        return;
      if (takesKept) {
        takesKept = false;
        kept.takeAll_().forEach(function(stored) {
          var at = Number(stored.at);
          if (Date.now() - at < KEPT_FOR)
            memory.take_(readJson2(stored, "", at), KEPT, false, stored);
        });
      } else if (persists) {
        kept.keep_([]);
      }
    }
    return {
      destination_: destination.name + settings.namespace,
      take_: memory.take_,
      start_: function() {
        show();
        undos = [
          destination.watch(handOverSoon),
          listen(window, "pagehide", leave),
          listen(window, "pageshow", show),
          listen(document, "visibilitychange", function() {
            return document.hidden === true ? hide() : show();
          }),
          // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
          listen(document, "freeze", hide)
        ];
        handOverSoon();
      },
      stop_: function() {
        isSoon = false;
        undos.splice(0).forEach(function(undo) {
          undo();
        });
        handOverIn(Infinity);
        waitForLeaving(false);
      },
      status_: function() {
        var sight = destination.look();
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

  // src/optimizely/read-decision.ts
  function textOrNull(key) {
    if (key && typeof key === "string")
      return key;
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
      at: at
    };
  }
  function readJson(json, userId, at) {
    try {
      var info_1 = { decisionEventDispatched: true };
      Object.keys(json).forEach(function(name) {
        info_1[camelCase(name)] = json[name];
      });
      var context = info_1.userContext || {};
      var ofContext = context.getUserId ? context.getUserId() : context.userId || context.user_id || context.id;
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

  // src/page/timers.ts
  var FIRST_LOOK = 250;
  var LATE_LOOK = 5e3;
  function outsideZone(task) {
    var Zone = window.Zone;
    var root;
    try {
      root = Zone && Zone.root;
    } catch (_a) {
    }
    if (root && root.run)
      root.run(task);
    else
      task();
  }
  function createTimers() {
    var set = setTimeout;
    var clear = clearTimeout;
    var since = steadyNow();
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
      soon_: function(task) {
        try {
          outsideZone(function() {
            Promise.resolve().then(task);
          });
        } catch (_a) {
          later(task, 0);
        }
      },
      later_: later,
      // Whole ms: a fraction would delay what the limits allow at the end of a second.
      lookWait_: function() {
        return Math.min(LATE_LOOK, Math.max(FIRST_LOOK, Math.floor((steadyNow() - since) / 12)));
      }
    };
  }

  // src/optimizely/readiness.ts
  function awaitReady(client, readiness) {
    try {
      outsideZone(function() {
        Promise.resolve().then(function() {
          return client.onReady && client.onReady();
        }).then(function(result) {
          var answer = result;
          if (answer && answer.success === false)
            throw answer;
          readiness.isReady_ = true;
        }).catch(function(error) {
          readiness.failure_ = "" + (error && (error.reason || error.message) || error);
        }).catch(nothing);
      });
    } catch (_a) {
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
    } catch (_a) {
    }
    return void 0;
  }
  function createDecisionListener(hear, tell, _a) {
    var recordedClients = _a[0], recorded = _a[1];
    var connections = [];
    var met = [];
    var refusing = [];
    var recent = [];
    var hearsFlags = false;
    var hearsLegacy = false;
    function remember(list, thing) {
      if (list.push(thing) > REMEMBERED2)
        list.shift();
    }
    function isKnown(thing) {
      if (recent.includes(thing))
        return true;
      remember(recent, thing);
      return false;
    }
    function connect(center, isNew, since) {
      var undos = [];
      var claims = (function() {
      });
      var current = center;
      var connection = {
        center_: center,
        listen_: listen2,
        leave_: function() {
          try {
            undos.forEach(function(undo) {
              undo();
            });
            ids.forEach(function(id) {
              center.removeNotificationListener(id);
            });
          } catch (_a2) {
          }
        }
      };
      function hearDecision(notification, recordedAt) {
        var at = recordedAt || Date.now();
        try {
          if (current === notification || connections[1] && isKnown(notification))
            return;
          connection.isReady_ = true;
          var _a2 = notification, type = _a2.type, userId = _a2.userId, decisionInfo = _a2.decisionInfo;
          if (type === "flag") {
            hearsFlags = true;
            current = notification;
            hear(readDecision(decisionInfo, userId, at), recordedAt && RECORDED, false, claims, notification);
          } else
            hearsLegacy = true;
        } catch (_b) {
          hear(readDecision({}, "", at));
        }
      }
      function hearLogEvent(notification) {
        try {
          readImpressions(notification, function(decision, uuid) {
            var at = decision.at, flagKey = decision.flagKey;
            if (flagKey && at > since - OLDEST && at >= documentStart() && at <= since && !isKnown(uuid)) {
              hear(decision, RECOVERED, met.length > 1 || at === since);
            }
          });
        } catch (_a2) {
        }
      }
      var types = [
        ["DECISION", ":type, userId, attributes, decisionInfo", function(notification) {
          return hearDecision(notification);
        }]
      ];
      var isMet = met.includes(center);
      if (!isNew && !isMet)
        types.push(["LOG_EVENT", ":logEvent", hearLogEvent]);
      var ids = [];
      function listen2() {
        types.forEach(function(type, index) {
          try {
            var id = center.addNotificationListener(type[0], type[2]);
            if (id < 1)
              id = center.addNotificationListener(type[0] + type[1], type[2]);
            if (id < 1)
              return;
            if (ids[index])
              center.removeNotificationListener(ids[index]);
            ids[index] = id;
          } catch (_a2) {
          }
        });
      }
      listen2();
      if (!ids[0])
        return void 0;
      if (!isMet) {
        recorded.forEach(function(_a2) {
          var from = _a2[0], notification = _a2[1], at = _a2[2];
          if (from === center)
            hearDecision(notification, at);
        });
      }
      ["clearAllNotificationListeners", "clearNotificationListeners"].forEach(function(name) {
        try {
          claims = center[packageName] || claims;
          Object.defineProperty(center, packageName, ownMembersOnly({ value: claims }));
          undos.push(callAfter(center, name, function() {
            if (connections.includes(connection))
              listen2();
          }));
        } catch (_a2) {
        }
      });
      return connection;
    }
    return {
      listenTo_: function(client, isNew, isLate) {
        var center = centerOf(client);
        if (connections.some(function(connection2) {
          return connection2.center_ === center;
        }))
          return true;
        if (typeof center !== "object" || refusing.filter(function(one) {
          return one === center;
        }).length > MOST_REFUSALS)
          return false;
        var _a2 = recordedClients.find(function(_a3) {
          var one = _a3[0];
          return centerOf(one) === center;
        }) || [], sawCreation = _a2[1], since = _a2[2];
        var connection = connect(center, isNew || sawCreation && since, since || Date.now());
        if (!connection) {
          remember(refusing, center);
          return false;
        }
        if (isLate && !since)
          tell("client-late");
        remember(met, center);
        if (connections.push(connection) > MOST_CLIENTS)
          connections.shift().leave_();
        awaitReady(client, connection);
        return true;
      },
      status_: function() {
        var sdk = { state: connections[0] ? "ready" : "missing" };
        connections.forEach(function(_a2) {
          var isReady_ = _a2.isReady_, failure_ = _a2.failure_;
          if (isReady_)
            return;
          if (failure_)
            sdk.reason = failure_;
          sdk.state = sdk.reason ? "failed" : "waiting";
        });
        return { clients: connections.length, sdk: sdk };
      },
      hearsOnlyLegacy_: function() {
        return hearsLegacy && !hearsFlags;
      },
      rearm_: function() {
        connections.forEach(function(connection) {
          connection.listen_();
        });
      },
      leaveAll_: function() {
        connections.splice(0).forEach(function(connection) {
          connection.leave_();
        });
      }
    };
  }

  // src/entries/create-bridge.ts
  function createBridge(sources, destinations, attach, recordings) {
    var problems = [];
    var tell = function(code) {
      if (!problems.includes(code))
        problems.push(code);
    };
    var timers = createTimers();
    var settings = readSettings(sources, tell);
    var lanes = destinations.map(function(setUp) {
      return createLane(setUp(settings, tell), settings, timers, tell, readJson);
    });
    problems.forEach(function(code) {
      write("warn", code);
    });
    var take = function(decision, origin, mayBeKnown, claims, notification) {
      for (var index = 0; index < lanes.length; index++) {
        var lane = lanes[index];
        if (lane.take_(decision, origin, mayBeKnown) && claims) {
          if (claims[lane.destination_] === notification)
            tell("client-shared");
          claims[lane.destination_] = notification;
        }
      }
    };
    var listener = createDecisionListener(take, tell, recordings);
    var stopRearming;
    function start() {
      if (stopRearming)
        return;
      stopRearming = listen(window, "pageshow", listener.rearm_);
      lanes.forEach(function(lane) {
        lane.start_();
      });
    }
    start();
    var stopAttaching = attach(settings.client, function(candidate, isNew, isLate) {
      return !!stopRearming && listener.listenTo_(candidate, isNew, isLate);
    }, tell, timers);
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
        try {
          [].concat(decisions).forEach(function(json) {
            take(readJson(json, userId, Date.now()));
          });
        } catch (_a) {
          take(readJson(null, "", Date.now()));
        }
      },
      status: function() {
        var statuses = lanes.map(function(lane) {
          return lane.status_();
        });
        var heard = listener.status_();
        var first = statuses[0];
        var codes = problems.slice();
        statuses.forEach(function(_a) {
          var name = _a.name, state = _a.state;
          if (state === "absent" || state === "blocked" || state === "refused") {
            codes.push(problemOf(name, state));
          }
        });
        if (!heard.clients && !first.decisions.seen)
          codes.push("client-missing");
        if (listener.hearsOnlyLegacy_())
          codes.push("legacy-calls");
        if (heard.sdk.reason)
          codes.push("sdk-not-ready");
        return Object.assign({}, first, heard, {
          version: version,
          destinations: statuses,
          problems: codes,
          fullstory: first.state
        });
      },
      disconnect: function() {
        stopAttaching();
        listener.leaveAll_();
        lanes.forEach(function(lane) {
          lane.stop_();
        });
        if (stopRearming)
          stopRearming();
        stopRearming = void 0;
      }
    };
  }

  // src/entries/drop-in.ts
  function readGlobal(name, readBare) {
    try {
      var found = readBare();
      if (found !== window[name] || Object.getOwnPropertyDescriptor(window, name))
        return found || {};
    } catch (_a) {
    }
    return {};
  }
  function isBridge(found) {
    try {
      return found && typeof found.disconnect === "function";
    } catch (_a) {
    }
    return void 0;
  }
  function readAttributes() {
    try {
      var current = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript");
      return current.get.call(document).dataset;
    } catch (_a) {
    }
    return void 0;
  }
  function takeOver(settings, dropIn) {
    try {
      var queue = settings.queue;
      if (Array.isArray(queue)) {
        queue.forEach(dropIn.queue.push);
        queue.push = dropIn.queue.push;
      }
      Object.assign(settings, dropIn);
    } catch (_a) {
    }
  }
  function startDropIn(name, readBare, destinations) {
    if (typeof WorkerNavigator === "function")
      return;
    var before = readGlobal(name, readBare);
    var held = document;
    var running = [before, held[name]].find(isBridge);
    if (running) {
      takeOver(before, running);
      return;
    }
    var stub = window.optimizelyStub;
    var recordings = Array.isArray(stub) ? stub : [[], [], []];
    var tell;
    var bridge = createBridge([before, readAttributes()], destinations, function(client, connect, tellProblem, timers) {
      tell = tellProblem;
      return discoverClients(client, connect, tell, timers, recordings);
    }, recordings);
    var dropIn = Object.assign(bridge, {
      queue: {
        push: function(call) {
          try {
            call(dropIn);
          } catch (error) {
            write("warn", error);
          }
        }
      }
    });
    try {
      Object.defineProperty(window, name, ownMembersOnly({
        configurable: true,
        // SystemJS takes the newest enumerable global for a script's export.
        enumerable: true,
        get: function() {
          return dropIn;
        },
        set: function(late) {
          if (late === dropIn)
            return;
          tell("settings-late");
          write("warn", "settings-late");
          takeOver(late, dropIn);
        }
      }));
    } catch (_a) {
      held[name] = dropIn;
    }
    takeOver(before, dropIn);
  }

  // src/entries/amplitude.ts
  startDropIn("optimizelyAmplitude", function() {
    return typeof optimizelyAmplitude !== "undefined" && optimizelyAmplitude;
  }, [
    amplitude()
  ]);
})();
