const { createBridge } = require('optimizely-fullstory');

window.required = createBridge().status().version;
