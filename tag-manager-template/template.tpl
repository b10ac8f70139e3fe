___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Optimizely decisions for FullStory and Amplitude",
  "categories": [
    "EXPERIMENTATION",
    "SESSION_RECORDING",
    "ANALYTICS"
  ],
  "brand": {
    "id": "brand_dummy",
    "displayName": "optimizely-fullstory"
  },
  "description": "Loads your copy of the optimizely-fullstory script, which sends each Optimizely Feature Experimentation flag decision of the page to the visitor's FullStory session, or to Amplitude.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "TEXT",
    "name": "scriptUrl",
    "displayName": "Address of the script",
    "simpleValueType": true,
    "help": "The address of your copy of optimizely-fullstory.min.js, optimizely-amplitude.min.js or optimizely-fullstory-amplitude.min.js.",
    "valueHint": "https://www.example.com/optimizely-fullstory.min.js",
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      },
      {
        "type": "REGEX",
        "args": [
          "^https://[^/]+/.+"
        ],
        "errorMessage": "An address that begins with https://"
      }
    ]
  },
  {
    "type": "SELECT",
    "name": "forwardTo",
    "displayName": "The file forwards to",
    "macrosInSelect": false,
    "simpleValueType": true,
    "defaultValue": "fullstory",
    "selectItems": [
      {
        "value": "fullstory",
        "displayValue": "FullStory"
      },
      {
        "value": "both",
        "displayValue": "FullStory and Amplitude"
      },
      {
        "value": "amplitude",
        "displayValue": "Amplitude"
      }
    ],
    "help": "It must match the file at the address."
  },
  {
    "type": "GROUP",
    "name": "settings",
    "displayName": "Settings",
    "groupStyle": "ZIPPY_CLOSED",
    "subParams": [
      {
        "type": "TEXT",
        "name": "flags",
        "displayName": "Flags",
        "simpleValueType": true,
        "help": "Keys of the flags to forward, separated by commas. A * at the end matches any ending. Empty: all.",
        "valueHint": "checkout_*, search"
      },
      {
        "type": "TEXT",
        "name": "propertyName",
        "displayName": "User property",
        "simpleValueType": true,
        "help": "Name of the user property of each flag. {flag} stands for the flag's key. Empty: the default. none: no user properties.",
        "valueHint": "[Optimizely] {flag}"
      },
      {
        "type": "TEXT",
        "name": "eventName",
        "displayName": "Event",
        "simpleValueType": true,
        "help": "Name of the event for each decision. Empty: the default. none: no events.",
        "valueHint": "Experiment Viewed"
      },
      {
        "type": "SELECT",
        "name": "dedupe",
        "displayName": "Identical decisions are forwarded",
        "macrosInSelect": true,
        "simpleValueType": true,
        "notSetText": "As is the default",
        "selectItems": [
          {
            "value": "page",
            "displayValue": "once per page and session"
          },
          {
            "value": "session",
            "displayValue": "once per session"
          },
          {
            "value": "none",
            "displayValue": "each time"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "client",
        "displayName": "Optimizely client",
        "simpleValueType": true,
        "help": "Name of the global that holds the client. Empty: found by itself.",
        "valueHint": "optimizelyClientInstance"
      },
      {
        "type": "TEXT",
        "name": "namespace",
        "displayName": "FullStory's global",
        "simpleValueType": true,
        "help": "Its name, if it is not FS. Empty: found by itself.",
        "valueHint": "FS"
      },
      {
        "type": "TEXT",
        "name": "amplitude",
        "displayName": "Amplitude's global",
        "simpleValueType": true,
        "help": "Its name, or the name of an instance. Empty: found by itself.",
        "valueHint": "amplitude",
        "enablingConditions": [
          {
            "paramName": "forwardTo",
            "paramValue": "fullstory",
            "type": "NOT_EQUALS"
          }
        ]
      },
      {
        "type": "CHECKBOX",
        "name": "impressionsOnly",
        "checkboxText": "Forward only decisions for which Optimizely dispatched an impression",
        "simpleValueType": true,
        "help": "Otherwise all decisions are forwarded."
      },
      {
        "type": "CHECKBOX",
        "name": "persist",
        "checkboxText": "Keep unsent decisions for the next page of the tab",
        "simpleValueType": true,
        "help": "Uses sessionStorage."
      },
      {
        "type": "CHECKBOX",
        "name": "debug",
        "checkboxText": "Log each decision in the browser's console",
        "simpleValueType": true,
        "help": "For tests."
      }
    ]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const copyFromWindow = require('copyFromWindow');
const injectScript = require('injectScript');
const logToConsole = require('logToConsole');
const queryPermission = require('queryPermission');
const setInWindow = require('setInWindow');

// The script's global: settings before it runs, its API afterwards.
const bridge = data.forwardTo === 'amplitude' ? 'optimizelyAmplitude' : 'optimizelyFullStory';

const SETTINGS = [
  'flags',
  'propertyName',
  'eventName',
  'dedupe',
  'client',
  'namespace',
  'amplitude',
  'impressionsOnly',
  'persist',
  'debug',
];

// An empty field means the default. For these two, an empty text has a meaning, so a word stands for it.
const canBeNone = (name) => name === 'propertyName' || name === 'eventName';

if (copyFromWindow(bridge + '.version')) {
  // The page or another tag has loaded it.
  data.gtmOnSuccess();
} else if (!queryPermission('inject_script', data.scriptUrl)) {
  logToConsole('optimizely-fullstory: the template may not load ' + data.scriptUrl);
  data.gtmOnFailure();
} else {
  // Set each setting by its own path, so the page's queue stays.
  setInWindow(bridge, {}, false);
  SETTINGS.forEach((name) => {
    const value = data[name];
    if (value) setInWindow(bridge + '.' + name, value === 'none' && canBeNone(name) ? '' : value, true);
  });
  injectScript(data.scriptUrl, data.gtmOnSuccess, data.gtmOnFailure, data.scriptUrl);
}


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.version"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.flags"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.propertyName"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.eventName"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.dedupe"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.client"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.namespace"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.amplitude"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.impressionsOnly"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.persist"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyFullStory.debug"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.version"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.flags"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.propertyName"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.eventName"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.dedupe"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.client"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.namespace"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.amplitude"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.impressionsOnly"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.persist"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "optimizelyAmplitude.debug"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "inject_script",
        "versionId": "1"
      },
      "param": [
        {
          "key": "urls",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "https://*/*"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "logging",
        "versionId": "1"
      },
      "param": [
        {
          "key": "environments",
          "value": {
            "type": 1,
            "string": "debug"
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: loads the script, and sets nothing that is not asked for
  code: |-
    mock('copyFromWindow', undefined);
    mock('injectScript', (url, onSuccess) => onSuccess());
    runCode({ scriptUrl: url, forwardTo: 'fullstory' });
    assertApi('setInWindow').wasCalledWith('optimizelyFullStory', {}, false);
    assertApi('setInWindow').wasNotCalledWith('optimizelyFullStory.flags', undefined, true);
    assertApi('injectScript').wasCalled();
    assertApi('gtmOnSuccess').wasCalled();
    assertApi('gtmOnFailure').wasNotCalled();
- name: hands over what the fields say
  code: |-
    mock('copyFromWindow', undefined);
    mock('injectScript', (url, onSuccess) => onSuccess());
    runCode({ scriptUrl: url, forwardTo: 'fullstory', flags: 'checkout_*', dedupe: 'none', debug: true });
    assertApi('setInWindow').wasCalledWith('optimizelyFullStory.flags', 'checkout_*', true);
    assertApi('setInWindow').wasCalledWith('optimizelyFullStory.dedupe', 'none', true);
    assertApi('setInWindow').wasCalledWith('optimizelyFullStory.debug', true, true);
    assertApi('gtmOnSuccess').wasCalled();
- name: takes none for no user properties and no events
  code: |-
    mock('copyFromWindow', undefined);
    mock('injectScript', (url, onSuccess) => onSuccess());
    runCode({ scriptUrl: url, forwardTo: 'both', propertyName: 'none', eventName: 'none' });
    assertApi('setInWindow').wasCalledWith('optimizelyFullStory.propertyName', '', true);
    assertApi('setInWindow').wasCalledWith('optimizelyFullStory.eventName', '', true);
- name: uses the other global for Amplitude alone
  code: |-
    mock('copyFromWindow', undefined);
    mock('injectScript', (url, onSuccess) => onSuccess());
    runCode({ scriptUrl: url, forwardTo: 'amplitude', amplitude: 'shop' });
    assertApi('setInWindow').wasCalledWith('optimizelyAmplitude.amplitude', 'shop', true);
    assertApi('setInWindow').wasNotCalledWith('optimizelyFullStory', {}, false);
- name: does nothing where the script runs already
  code: |-
    mock('copyFromWindow', '0.1.0');
    runCode({ scriptUrl: url, forwardTo: 'fullstory', flags: 'checkout_*' });
    assertApi('copyFromWindow').wasCalledWith('optimizelyFullStory.version');
    assertApi('setInWindow').wasNotCalled();
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnSuccess').wasCalled();
- name: fails where the file does not load
  code: |-
    mock('copyFromWindow', undefined);
    mock('injectScript', (url, onSuccess, onFailure) => onFailure());
    runCode({ scriptUrl: url, forwardTo: 'fullstory' });
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();
- name: fails, and says so, where it may not load the file
  code: |-
    mock('copyFromWindow', undefined);
    mock('queryPermission', false);
    runCode({ scriptUrl: url, forwardTo: 'fullstory' });
    assertApi('logToConsole').wasCalled();
    assertApi('injectScript').wasNotCalled();
    assertApi('setInWindow').wasNotCalled();
    assertApi('gtmOnFailure').wasCalled();
setup: const url = 'https://www.example.com/optimizely-fullstory.min.js';


___NOTES___

See README.md.
