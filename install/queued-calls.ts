import { PAGE_SCRIPTS } from './scripts.ts';

/**
 * The lines for code of the app's own beside a pasted script: they hand its client over, before the script has run and
 * after.
 *
 * @param global the script's.
 */
export function connectText(global = PAGE_SCRIPTS.fullstory.global): string {
  return `const bridge = (window.${global} = window.${global} || {});
(bridge.queue = bridge.queue || []).push((api) => api.connect(client));
`;
}

/**
 * The script that a server puts into its page, to hand over what it decided.
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
