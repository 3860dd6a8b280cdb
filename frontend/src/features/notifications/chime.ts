const SECONDS = 0.16;
const LOUDNESS = 0.08;
const TONES_HZ = [660, 880] as const;

let audio: AudioContext | null = null;

/** Two short tones, made here: no file to load. Silent where the browser wants a gesture first. */
export function chime() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume().catch(() => {});
  for (const [index, hertz] of TONES_HZ.entries()) {
    const begin = audio.currentTime + index * SECONDS;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(LOUDNESS, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + SECONDS);
  }
}
