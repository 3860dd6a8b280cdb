import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Avatar } from "./avatar";

it.each([
  ["Ada Lovelace", "AL"],
  ["Maria del Carmen Ruiz", "MR"],
  ["ada", "AD"],
  ["👩‍💻 Lovelace", "👩‍💻L"],
  ["👩‍💻👍🏽 ", "👩‍💻👍🏽"],
  ["A\u030angstro\u0308m U\u0308ber", "A\u030aU\u0308"],
  ["𝔸da", "𝔸D"],
])("%s is %s", (name, initials) => {
  const { container } = render(<Avatar id="1" name={name} />);

  expect(container.textContent).toBe(initials);
});
