/**
 * A client of a `WebsocketServer` in TypeScript: draws the point clouds that the server sends, as
 * seen from above, lists all nodes, and tells the server where one clicks. The messages' types in
 * `messages.ts` are generated; the compiler checks each use of them.
 */
import { isSceneNodeMessage, type Message, type SceneNodeMessage, type ViewerCameraMessage } from "./messages.js";
import { decode, encode } from "./msgpack.js";

/** Pixels for a unit of the scene. */
const SCALE = 100;

/** Where a node is, relative to its parent. Parents are left out here. */
type Position = [number, number, number];

const canvas = document.querySelector("canvas")!;
const list = document.querySelector("ul")!;
const nodes = new Map<string, SceneNodeMessage>();
const positions = new Map<string, Position>();

/** Takes in what the server says. A message of a type that is not handled here changes nothing. */
function apply(message: Message): void {
  if (isSceneNodeMessage(message)) {
    nodes.set(message.name, message);
    positions.delete(message.name);
    return;
  }
  switch (message.type) {
    case "RemoveSceneNodeMessage":
      nodes.delete(message.name);
      break;
    case "SetPositionMessage":
      positions.set(message.name, message.position);
      break;
    case "ReplayDoneMessage":
      document.body.dataset["ready"] = "yes";
      break;
  }
}

function draw(): void {
  const context = canvas.getContext("2d")!;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const node of nodes.values()) {
    if (node.type !== "PointCloudMessage" || node.props.precision !== "float32") continue;
    // Plain MessagePack has arrays as bytes; those of a client of version 1 are typed.
    const points = new Float32Array(node.props.points.slice().buffer);
    const colors = node.props.colors;
    const [x, y] = positions.get(node.name) ?? [0, 0, 0];
    for (let i = 0; i < points.length / 3; i++) {
      // One colour for each point, or one for all.
      const at = colors.length > 3 ? 3 * i : 0;
      context.fillStyle = `rgb(${colors[at]} ${colors[at + 1]} ${colors[at + 2]})`;
      const size = node.props.point_size * SCALE;
      const left = canvas.width / 2 + (points[3 * i]! + x) * SCALE;
      const top = canvas.height / 2 - (points[3 * i + 1]! + y) * SCALE;
      context.fillRect(left - size / 2, top - size / 2, size, size);
    }
  }
}

function describe(node: SceneNodeMessage): string {
  return node.type === "LabelMessage" ? `${node.name}: ${node.props.text}` : `${node.name} (${node.type})`;
}

const socket = new WebSocket(location.href.replace(/^http/, "ws"));
socket.binaryType = "arraybuffer";
let isDrawn = true;
socket.onmessage = (event: MessageEvent<ArrayBuffer>) => {
  apply(decode(new Uint8Array(event.data)) as Message);
  // Whatever comes until the next frame is drawn at once.
  if (isDrawn) requestAnimationFrame(() => {
    isDrawn = true;
    draw();
    list.replaceChildren(...[...nodes.values()].map((node) => {
      const item = document.createElement("li");
      item.textContent = describe(node);
      return item;
    }));
  });
  isDrawn = false;
};

canvas.onclick = (event) => {
  const x = (event.offsetX - canvas.width / 2) / SCALE;
  const y = (canvas.height / 2 - event.offsetY) / SCALE;
  const camera: ViewerCameraMessage = {
    type: "ViewerCameraMessage",
    wxyz: [0, 1, 0, 0],
    position: [x, y, 10],
    fov: 1,
    near: 0.01,
    far: 1000,
    image_height: canvas.height,
    image_width: canvas.width,
    look_at: [x, y, 0],
    up_direction: [0, 1, 0],
  };
  socket.send(encode(camera));
};
