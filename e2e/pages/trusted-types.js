// With Trusted Types, FullStory's snippet needs a policy of the site for its script. It allows nothing else.
window.trustedTypes?.createPolicy('default', {
  createScriptURL: (url) => (url.includes('/fullstory/fs.js') ? url : null),
});
