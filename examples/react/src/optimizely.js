import { createInstance } from '@optimizely/react-sdk';
import { createBridge } from 'optimizely-fullstory';

export const client = createBridge().connect(createInstance({ sdkKey: 'YOUR_SDK_KEY' }));
