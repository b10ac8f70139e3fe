import type { WrittenSettings } from '../install/written-settings.ts';
import type { Decision } from '../src/decision.ts';
import { createDecisionBridge } from '../src/delivery/memory.ts';
import { createOutbox } from '../src/delivery/queue.ts';
import type { AnalyticsEvent } from '../src/destinations/destination.ts';
import { DEFAULT_PROPERTY_NAME, readSettings } from '../src/settings.ts';
import { createReport } from '../src/status.ts';

/** What a decision becomes in FullStory. */
export interface Preview {
  properties: Record<string, string>;
  /** Missing when no event is made. */
  event?: AnalyticsEvent;
  /** Whether the settings leave the decision out. */
  isIgnored: boolean;
  /** Whether the name of the user property is outside FullStory's documented rule. */
  isOutsideRule: boolean;
}

/** A user's decision for a flag: of an experiment, or of a flag that is off. */
export function sampleDecision(flagKey: string, enabled: boolean): Decision {
  return {
    userId: 'ada',
    flagKey,
    variationKey: enabled ? 'treatment' : 'off',
    ruleKey: `${flagKey}_test`,
    enabled,
    dispatched: true,
    experimentId: '9300001234567',
    variationId: '9300007654321',
    at: Date.now(),
  };
}

/**
 * Runs a decision through the bridge as the page would, up to FullStory. The site's own function is not
 * known here, so it changes nothing.
 */
export function previewDecision(written: WrittenSettings, decision: Decision): Preview {
  const settings = readSettings([{ ...written, debug: false, dedupe: 'page', persist: false }], () => {});
  const report = createReport(settings, new Set());
  const preview: Preview = { properties: {}, isIgnored: false, isOutsideRule: false };
  const bridge = createDecisionBridge(
    settings,
    report,
    (event) => event,
    (delivery) => {
      if (delivery) outbox.add(delivery);
    },
  );
  const destination = {
    findNamespace: () => '',
    look: () => ({ state: 'capturing' as const, session: '' }),
    watch() {},
    setProperties(properties: Record<string, string>) {
      preview.properties = properties;
    },
    trackEvent(event: AnalyticsEvent) {
      preview.event = event;
    },
    unwatch() {},
  };
  const outbox = createOutbox(bridge, destination, settings, report);
  bridge.take(decision);
  outbox.handOver();
  preview.isIgnored = report.counts.ignored > 0;
  // The script does not complain about its own default.
  preview.isOutsideRule =
    report.problems.has('property-name-rule') ||
    (settings.propertyName === DEFAULT_PROPERTY_NAME && Object.keys(preview.properties).length > 0);
  return preview;
}
