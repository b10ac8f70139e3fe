/** Options that keep Amplitude's SDK from events of its own, and from asking for a configuration. */
export const QUIET = {
  defaultTracking: false,
  autocapture: false,
  fetchRemoteConfig: false,
  remoteConfig: { fetchRemoteConfig: false },
};
