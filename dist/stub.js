"use strict";
(function() {
  // src/stub/page.ts
  var page = window;

  // src/stub/patch.ts
  var patched = [];
  var undos = [];
  function patch(holder, name, replace) {
    var original = holder && name in holder && holder[name];
    if (original && !patched.includes(holder)) {
      var replacement_1 = holder[name] = replace(original);
      patched.push(holder);
      undos.push(function() {
        if (holder[name] === replacement_1)
          holder[name] = original;
      });
    }
  }

  // src/stub/record.ts
  var MOST = 1e3;
  var clients = [];
  var heard = [];
  function recordClient(client, sawCreation) {
    try {
      var center_1 = client.notificationCenter;
      patch(center_1, "sendNotifications", function(send) {
        return function(type, notification) {
          if (/^D/.test(type) && heard.push([center_1, notification, Date.now()]) > MOST) {
            heard.shift();
          }
          return send.apply(this, arguments);
        };
      });
      clients.push([client, sawCreation, center_1.sendNotifications && Date.now()]);
    } catch (_a) {
    }
    return client;
  }
  function recordSdk(sdk) {
    patch(sdk, "createInstance", function(create) {
      return function() {
        return recordClient(create.apply(this, arguments), 1);
      };
    });
  }

  // src/stub/watch-sdk.ts
  function watchSdk(name) {
    function found() {
      return Reflect.getOwnPropertyDescriptor(page, name) || {};
    }
    var before2 = found();
    function get() {
      var value = before2.get ? before2.get.call(page) : before2.value;
      try {
        recordSdk(value);
        if (value)
          recordSdk(value.default);
      } catch (_a) {
      }
      return value;
    }
    function watch() {
      var current = get();
      delete page[name];
      Reflect.defineProperty(page, name, {
        configurable: true,
        get: get,
        // SystemJS takes the newest enumerable global for a script's export, so the property is defined again with each
        // value. A truthy value counts as true.
        enumerable: current,
        set: function(value) {
          if (before2.set)
            before2.set.call(page, value);
          else
            before2.value = value;
          if (found().get === get)
            watch();
        }
      });
    }
    watch();
    undos.push(function() {
      if (found().get === get) {
        delete page[name];
        if (before2.get)
          Reflect.defineProperty(page, name, before2);
        else if (before2.value)
          page[name] = before2.value;
      }
    });
  }

  // src/entries/stub.ts
  try {
    if (!page.optimizelyStub) {
      page.optimizelyStub = [clients, heard, undos, recordClient];
      watchSdk("optimizelySdk");
      watchSdk("optimizelyReactSdk");
    }
    before = page.optimizelyFullStory || {};
    page.optimizelyFullStory = before;
    before.queue = before.queue || [];
    before.connect = before.connect || page.optimizelyStub[3];
  } catch (_a) {
  }
  var before;
})();
