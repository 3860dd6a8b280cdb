/** Keeps a chart in an element: drawn anew when there is news, when the theme changes, and at another width. */
import { type RefObject, useEffect, useRef } from "react";
import type uPlot from "uplot";
import { drawPlot } from "./plot";

interface PlotParts {
  box: RefObject<HTMLElement | null>;
  legend: RefObject<HTMLElement | null>;
  unit: string;
  seconds: number;
  onPoint: (at: number | null) => void;
  columns: uPlot.AlignedData;
}

/** The legend's elements with `data-swatch` have the lines' colours. */
export function usePlot({ box, legend, unit, seconds, onPoint, columns }: PlotParts) {
  const plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const place = box.current;
    if (!place) return undefined;
    const swatches = [...(legend.current?.querySelectorAll<HTMLElement>("[data-swatch]") ?? [])];
    const drawn = drawPlot({ box: place, swatches, unit, seconds, onPoint });
    plot.current = drawn;
    const redraw = () => drawn.redraw(true, true);
    const resize = new ResizeObserver(() =>
      drawn.setSize({ width: Math.max(place.clientWidth, 1), height: drawn.height }),
    );
    resize.observe(place);
    const theme = new MutationObserver(redraw);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const systemTheme = matchMedia("(prefers-color-scheme: dark)");
    systemTheme.addEventListener("change", redraw);
    return () => {
      plot.current = null;
      resize.disconnect();
      theme.disconnect();
      systemTheme.removeEventListener("change", redraw);
      drawn.destroy();
    };
  }, [box, legend, unit, seconds, onPoint]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart that is drawn anew begins empty
  useEffect(() => {
    plot.current?.setData(columns);
  }, [columns, seconds]);
}
