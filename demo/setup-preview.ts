import type { WrittenSettings } from '../install/written-settings.ts';
import type { Decision } from '../src/decision.ts';
import { createHandOver } from '../src/delivery/hand-over.ts';
import { createMemory } from '../src/delivery/memory.ts';
import { createQueue } from '../src/delivery/queue.ts';
import { createReport } from '../src/delivery/report.ts';
import { amplitude } from '../src/destinations/amplitude.ts';
import type { AnalyticsEvent, Destination, DestinationSetup } from '../src/destinations/destination.ts';
import { fullstory } from '../src/destinations/fullstory.ts';
import { DEFAULT_PROPERTY_NAME, readSettings } from '../src/settings.ts';
import type { Problem } from '../src/status.ts';

/** The calls for a decision, in FullStory or Amplitude. */
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

type Delivered = Pick<Preview, 'properties' | 'event'>;

/** A FullStory that records its calls. */
function previewFullStory(delivered: Delivered): DestinationSetup {
  return (settings, tell) => ({
    ...fullstory()(settings, tell),
    look: () => ({ state: 'capturing', session: '' }),
    watch: () => () => {},
    setProperties({ uid: _leftOut, ...properties }) {
      delivered.properties = properties;
    },
    trackEvent(event) {
      delivered.event = event;
    },
  });
}

interface AmplitudeCall {
  event_type: string;
  event_properties?: Record<string, unknown>;
  user_properties?: { $set: Record<string, string> };
}

/** An Amplitude that records its calls, called by the script's own rules. */
function previewAmplitude(delivered: Delivered, written: WrittenSettings): DestinationSetup {
  const instance = {
    logEvent() {},
    getSessionId: () => 1,
    getUserId: () => 'visitor-ada',
    getDeviceId: () => 'device',
    getOptOut: () => false,
    track({ event_type: name, event_properties = {}, user_properties }: AmplitudeCall) {
      if (user_properties) delivered.properties = user_properties.$set;
      else delivered.event = { name, properties: event_properties };
    },
  };
  return amplitude({ instance, exposure: written['amplitude.exposure'] === true });
}

/**
 * Sends a decision as the page would, to a destination that records its calls. The site's own function is not known
 * here, so it changes nothing.
 */
export function previewDecision(
  written: WrittenSettings,
  decision: Decision,
  name: 'FullStory' | 'Amplitude' = 'FullStory',
): Preview {
  const common = readSettings([{ ...written, debug: false, dedupe: 'page', persist: false }], () => {});
  const problems: Problem[] = [];
  const tell = (code: Problem) => void problems.push(code);
  const preview: Preview = { properties: {}, isIgnored: false, isOutsideRule: false };
  const setUp = name === 'FullStory' ? previewFullStory(preview) : previewAmplitude(preview, written);
  const destination: Destination = setUp(common, tell);
  const settings = { ...common, ...destination.settings };
  const report = createReport(destination.name, false);
  const memory = createMemory(settings, destination, {}, report, tell, (delivery) => {
    if (delivery) queue.add_(delivery);
  });
  const queue = createQueue(settings.bufferSize, report);
  const handOver = createHandOver(
    destination,
    {},
    settings,
    memory,
    queue,
    report,
    { read_: () => [], write_: () => true },
    tell,
    () => Infinity,
  );
  memory.take_(decision);
  handOver('none');
  preview.isIgnored = report.counts_.ignored > 0;
  // The script does not complain about its own default.
  preview.isOutsideRule =
    problems.includes('property-name-rule') ||
    (settings.propertyName === DEFAULT_PROPERTY_NAME && Object.keys(preview.properties).length > 0);
  return preview;
}
