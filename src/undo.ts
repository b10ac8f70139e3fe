/** Puts something back as it was. */
export type Undo = () => void;
