import { PAGE_SCRIPTS } from './scripts.ts';

/**
 * The lines for the app's own code next to a pasted script: they connect its client, before or after the script has
 * run. Where the stub is, it has `connect` already, and records what is decided before the script comes; for Amplitude
 * alone, these decisions are recovered.
 *
 * @param global the script's.
 */
export function connectText(global = PAGE_SCRIPTS.fullstory.global): string {
  return `const bridge = (window.${global} = window.${global} || {});
if (bridge.connect) bridge.connect(client);
else (bridge.queue = bridge.queue || []).push((api) => api.connect(client));
`;
}

/**
 * The script that a server renders into its page, to pass on its decisions.
 *
 * @param global the script's.
 */
export function recordText(global = PAGE_SCRIPTS.fullstory.global): string {
  return `<script>
window.${global} = window.${global} || {};
(${global}.queue = ${global}.queue || []).push(function (bridge) {
  bridge.record(/* the decisions, as JSON */ [], /* the user id */ '');
});
</script>
`;
}
