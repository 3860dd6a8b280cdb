import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ProviderLink } from "./provider-link";
import { describeRefusal } from "./refusals";

it("leads to the provider and says where to come back to", () => {
  render(<ProviderLink name="Example ID" next="/r/1?m=2&p=members" />);

  expect(screen.getByRole("link", { name: "Sign in with Example ID" })).toHaveAttribute(
    "href",
    "/api/v1/auth/oidc/start?return_to=%2Fr%2F1%3Fm%3D2%26p%3Dmembers",
  );
});

it("has a sentence for a reason it doesn't know", () => {
  expect(describeRefusal("denied")).toMatch(/said no/);
  expect(describeRefusal("brand_new")).toMatch(/did not work/);
});
