// Written by scenecast::infra::generate_typescript_interfaces from the declarations of the
// messages: change those instead.

/** How it looks. *\/ ends no comment. */
export interface Pen {
  /** Pixels. */
  width: number;
  color: [number, number, number];
}

/**
 * A line.
 *
 * That somebody drew.
 */
export interface draw_stroke {
  type: "draw-stroke";
  points: Float32Array<ArrayBuffer>;
  weights: Uint16Array<ArrayBuffer> | null;
  ids: Uint8Array<ArrayBuffer>;
  pen: Pen;
  pens: Pen[];
  tip: "Round" | "sq\"uare";
  "the tip": "Round" | "sq\"uare" | null;
  label: `#${string}`;
  extra?: unknown;
}

export interface Clear {
  type: "Clear";
}

/** Any of these messages, told apart by `type`. */
export type Message =
  | draw_stroke
  | Clear;

/** The messages with the tag Drawing. */
export type Drawing =
  | draw_stroke
  | Clear;

const typesDrawing = new Set<string>([
  "draw-stroke",
  "Clear",
]);

/** Whether a message has the tag Drawing. */
export function isDrawing(message: Message): message is Drawing {
  return typesDrawing.has(message.type);
}

/** The messages with the tag Undoable. */
export type Undoable =
  | draw_stroke;

const typesUndoable = new Set<string>([
  "draw-stroke",
]);

/** Whether a message has the tag Undoable. */
export function isUndoable(message: Message): message is Undoable {
  return typesUndoable.has(message.type);
}
