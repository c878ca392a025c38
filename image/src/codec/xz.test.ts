// Streams that xz made once, unpacked by our own code: each filter, check and form of LZMA; and what damage does to them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { sequentialReader } from "../bytes/sequential-reader.ts";
import { unpackLzma } from "./lzma.ts";
import { unpackXz } from "./xz.ts";
import { unpackXzFile } from "./xz-stream.ts";

type Stream = readonly [name: string, base64: string, sha256OfContent: string];

const xzStreams: readonly Stream[] = [
  [
    "the filter x86",
    "/Td6WFoAAAFpIt42AgEEACEBFgANhjUf4AX/AWNdAHQALAIAEf30mm1NbZb4pxYe9wlSRrpLcCAdyHcffS8p8G7blR3mUce2kaoc" +
      "TYd6+EWoZlf35szXpEeOmoAHkBQZP0o2KcFJ9pRlcIfNsIq5SL4Qwb/QtaiXkHkM2a7h+NQrCTyhIVOritUbrk1l+u4acpb3vvxM" +
      "snzvy0edMrEu1FGuYriEP8g9+Hnt6SFXs5mcMWBwkdRMK4QRduErMsDdb3lTkp5GWHCQkqmrUJIXX5q+1pJep3sBAmxJTS2n6hKq" +
      "tPVJHSqJ/AY3OJbuApkCpXKJjHIF/QX5taeVplKhtZ1DE65xhUZ0y6J8h8XaT9l3+48ousz/MNXELhcmMhTeU2MCus7gwl0FBrA9" +
      "UAlMiSiTBHHmx8Eng4Iv8X1NZ7sFgwgS0NkrpnFRiaQ0b5Sz4OyiBmXFmJHtArgYiGiLe6NN1dhuz/aPZt184UmT7Q/dO+DnxkJG" +
      "dO2JSpAmcildjAAAAFDSGrIAAfsCgAwAADghgyI+MA2LAgAAAAABWVo=",
    "405609e165c6e0d5633273bd7e338af5cb83989217a49f42c29d4dd2478d5a6e",
  ],
  [
    "the filter arm",
    "/Td6WFoAAAFpIt42AgEHACEBFgCj9KGZ4AX/AQBdAAARA8ihl6uTCs2oPP5lXNsD5/lE/i6ChFnwYTOTE4O6cVR19vzeuJR/VX/3" +
      "UvqPG4d2lHuEZg4aqLr0fB2g9P/Of7RDD05qMvI7iL2Qv2wAk7Dw/IG82wmKIuyGKOGNPN2oDs+cDfpI9EK8rgWuDCAk4+s/JPra" +
      "9sK94ZCSAGDsJpILZNiaa1DnVejkEDlp9p/lqV9w2k4DF8wthA+tEx5XboFpTDBC+VX5WEqnqjYJuAsPHONNPRZWp+ZUSI3O/RpA" +
      "JywkH6NfEyLUib0j5/31hTc3eDZQy7XnvzZkAYESEkst7JVjtKvoQc45/bdI2yRnDxM3A4gb/VakxiNaWAAAGApJqQABmAKADAAA" +
      "zFzjrD4wDYsCAAAAAAFZWg==",
    "9b4afb5fa85bfae70fdc5e2014a7ca241772a6f5217802c507da2380efafa6da",
  ],
  [
    "the filter armthumb",
    "/Td6WFoAAAFpIt42AgEIACEBFgB2Rvdo4AX/APVdAAg8HA79JDdfgCusdS167fLT8l2rpmBjTBWby2w6IDxIUEQzUyzWnI4gU3PQ" +
      "w+0OgVApnXW7N7wo6ULexVCzSiWujcfgWAgJLBdpwW6anSWc+U8b+xJrbtedqnEdyY/lVuRSBr5LJjwk4SGWg2L1U/Px/NI+XKZJ" +
      "cNJ4I7bAJrWAkIjCa4XjdX/g5tNrRNTJ3rELEjFoHLoRCYQ8sPRmjD0UU8AjQdllLzqhHW1nUxSA66v0IrAfbBcXBAji/ffuCqNf" +
      "f+KqwoqmDP3JmAyzN8SUCojeK7xcL5F/R0pz4fbUShGB91NNL139uNy+y56pjL37YwAAAAAAAJa5CH4AAY0CgAwAAOTP+P8+MA2L" +
      "AgAAAAABWVo=",
    "ced4fc3b9d2232b81355e24ca8f83650bd0e972359a16fc83d4dfb7f4bb89b73",
  ],
  [
    "the filter arm64",
    "/Td6WFoAAAFpIt42AgEKACEBFgB95z8l4AX/ARhdAAKAM3/+uZYpbH3JcD1fsLQcqPaiw2jUd6LT+PRrRtato+431uteiODadiw/" +
      "jwL1FZALlfDQYZUVYNHxkOpCbzqwqMl5QSAHu3meDs5wAApTpolwYTD7U0nse8g0670DQH0UGVu2VEJ8ZclAyl9MRi4YYwCuAkk0" +
      "2tp/nVWcncniLfBWWNugtaFo4PM8+2f/kHbGBdr1OtaedJgkNHE4gWszwc7ad/wUFpyyyFoM1Y35BdvngFFk05wQDNpxoVH7fJkW" +
      "AxbBWmRYslnR0oejZkAztY/nv6Z5gwGFGPrBtacFkMTJ4z2SMjn2R6K6FZ+wp1RdQVgrF6h8773FLyEa/4BvRZbHd5+Hs6SCOmUd" +
      "AdOEGW/Mt/H2FBUA//SOFQABsAKADAAAl9scRz4wDYsCAAAAAAFZWg==",
    "8f76a9445a5fcfc2dea1c1f55bc88d78340044a6359de372b31110efd9cf5adb",
  ],
  [
    "the filter powerpc",
    "/Td6WFoAAAFpIt42AgEFACEBFgCoVWnU4AX/AP5dACQAPAAVu8hEnsEYpb0SXccZlvW1z99OvVVbVnp+9EnIpIURwI4avOumZ9zU" +
      "CkAOxOs0/BN3VMPjzyWggbveUFHQ74vUcqAC2J6mD/z/rAqjP/5FS7YHZPeoQ0jGhEsUY3DyAdQkIqIr9LWwfYtFUxD6JYnN/HY9" +
      "KIkIoTxheKb8+ti1R4vqFERl5bCfKi0oDbWyPYtj7YYTru3iMy33lOqCQVSN4VxjL0uCiVeyyVPndOHDKy34hrFQXuokQ+8w+waa" +
      "8XnStVyAYQYUX917y6c8tQpPolZFQr2+fqPNK7Vw5JXgNiua/MKOTok8X34ksHhmG50mSR9qsdXFBz7MAAAAYP0DqwABlgKADAAA" +
      "vD3plj4wDYsCAAAAAAFZWg==",
    "01df29c846579d60d74144867278ff8b28d9e39f1aaff6b960902258e52bba65",
  ],
  [
    "the filter sparc",
    "/Td6WFoAAAFpIt42AgEJACEBFgDTlauj4AX/AQBdACAAHAQ4I/Nj0sHTe8ZVgf4C9G5w0nG0vaYopubmmabGR9P2dLTfOnjRySpW" +
      "9fEzPyQmq73+6k9Ue+9Ilz1UqbfdE2d7+uwvjVGXgww1jGJdIN7B0Z7v/kgdcvsBTZOyhsk2a27vHbuql7iiv2lQJQHfuQQDJgAs" +
      "kpr6j1bInr6kJ7K0F9g/XhATEMajjtxjCQPixn9hA3gcd2sxFJQqPmIkczycnd1t5MHh3j0wBNSKby5o729W9eZE4ikOKwJS4EPC" +
      "FJQGNK8iLQNehmoumSG15hbfIF69lQFdPc8wc8KuQpSeJN1jKx9cjV35kP/42XykHrORVpyooMq5QdrfAgAA5Cby6AABmAKADAAA" +
      "zFzjrD4wDYsCAAAAAAFZWg==",
    "f172fc51c59ce5cf63ddc0c2c74b36f10b4c7225f7a318e42c14a2e4693513fd",
  ],
  [
    "the filter ia64",
    "/Td6WFoAAAFpIt42AgEGACEBFgAGJ/1S4AX/ABtdAAgANaJh8WFzOHmFzuDtCQNwMA/0dqM5/acAAAAALkNDigABM4AMAAAA9K6L" +
      "uj4wDYsCAAAAAAFZWg==",
    "1457cb71f60e0202638fa02119f48c3a3ae2ca4d079483a93e8cbbdf05869e95",
  ],
  [
    "delta",
    "/Td6WFoAAAFpIt42AgEDAQchARbAGBNz4AX/AHldAH8PvA6KdKy6aSIHvUkfP1KhslMnMVWTTtmYOlpu1R8lIUvl1KxZ1SiDTZV0" +
      "JLHVLibC31rneN6q6Uwn0WSuLjNYwqELEmBnrBf2q8juOZj33R1RvFWV500rpbJcKle0l7j3v9P9BHSBWFXKEteH4p/TJjrJixVG" +
      "RvwAAAAAGApJqQABkQGADAAA1HdMzD4wDYsCAAAAAAFZWg==",
    "9b4afb5fa85bfae70fdc5e2014a7ca241772a6f5217802c507da2380efafa6da",
  ],
  [
    "a filter from another start",
    "/Td6WFoAAAD/EtlBAwEEBAAQAAAhARYAXLHI++AF/wFjXQBz//3wD/ylSlv/IpHKIrAuixEZcLtKPwweIkdVyhNZnt6rchT3RjLz" +
      "AbbQNFJ2TR0OYqI0sjNCCJg5n2gbluBTpY2YUFK0UKa4ZHotZcK0FmCCV8DXfTejhW2AHqdRQKyU01vVBKwTvVl1dCgNmOZDE4iT" +
      "AgImkLneY5REfoovK/eyyRtkwr6p8EQBjiK3P25ujCOYZTIj/q/LFcJZUrQFVW++p10kmPYpbp3h/UXdZzsvuO3y/vi3g2h6JHyz" +
      "3Z9u7jWT4yFaRDjAw1PzIlkO2c+BN1SGK25eU5eL0tzkKvryAkyK11acpTqcVA+Tegbdr9uNeHKXcBjJk15C4h+IZBz6b3+2wO+C" +
      "az7wuCpFQmLxnfE0bAQozdbfncgK4COBXWSeHTk0Dy7I4sCdPoRA/FHSxS4cFqMrYY7MI9sRWs/Lq1mZcSpzz17BPzdqeX78bp9H" +
      "bKvAnEPiOxRJGdd1sOSGAAAAAfsCgAwAADghgyKoAAr8AgAAAAAAWVo=",
    "405609e165c6e0d5633273bd7e338af5cb83989217a49f42c29d4dd2478d5a6e",
  ],
  [
    "the filter x86 among what looks like calls",
    "/Td6WFoAAAFpIt42AgEEACEBFgANhjUf4ASvAuNdAHQBGRXZnnB3JosAsIhY2mjX54+v/dazU8ZGoQi6Jfwl37RatnsQYy08L4yr" +
      "J7q0DqRgrF2hdqakIj5C7gQWVzlxq/yOyW8jwAgnelKmIt/w+95Jf+bWeqWM2w03LSfp19rOG40LET2/u0dAOWnIyRi8yLjLCjd/" +
      "2kH/FEWK7xWZGQCNe7ScrbmnJJa/qhYNmuVFGu5ut6XfIRHZVq/mrXxnqxCPW7oJygoRFjkKotdVICvaodFrG9LW9CR9lhFRpnKq" +
      "UkVWebV9GfDWqvOlUyBb0CzeJx8JfnBXqhqPeFqXdfe6mcVgGfOrp/mOsgkm0aL0kohPF9HAquSoF95BMu8uWWfAD1XUmCIaWnzT" +
      "LuEMBKXAqlHK6Ep0P1ouMOvEjVWXaONIS5vlwt1oMSIPJF+N61uD4TrsdgLNUR/z0+ZqJmRoH9XvVhNZ6FbeWptZ/DiftXvuE+lr" +
      "0wOBvSvWEl6HuZD4hACUeGe2K09P2jABs6qLkCxaGKYU/nhlDe7JR25n3c5mFMRVA+PYtQ9PJK0k3zNmrLIXoFfvPTnlgdcdNHsa" +
      "bpJZ4ecK1/s1BQYQzPS88HVmxDrevhy58rb9QKhUV6uwVJ3CEXOGT9Au5nXqPxA1OiRPoTSZIIiTJCahXDu2wdiPRXat/h57+q2o" +
      "N8coWVGdXxaSaaYCg/1W8uzlS/Wx02TrwubeDolKe/Z9mi5T9c+Bc6frw2wlR5qhVGMQvsUyW1XTsb0HdFhNbskzPvQzvgfCKgcf" +
      "OvhRGvxe2hx72s8JGYPHgPyOYGgS7lBkb2r6VU8CJN1cMFK8VW4SZa11f0vYHxsU1x8IWdOkh3h9yu2A1IfHwCVA4XL7AoxHa50D" +
      "Iv3BUkFUcbfERz55ThOCOeBHB2dE5wBDwLKWoEzAnaI2kGEVU5F2UYsiijItHPRpIT9QwNKcS4ExPeD9XFfG/eHrjyx7rril8qd2" +
      "jjdKd/92sqQN8t3kCD0VajHf9gAAAMz4LakAAfsFsAkAAGLHQ2Y+MA2LAgAAAAABWVo=",
    "d45544337ae65ad41d4a333783644725217c66377d10b2149088ec03aa935d39",
  ],
  [
    "text",
    "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4AgFAQJdADYaSh8IoCYDTQad7+2MoT/IK2rvXRQmH849Uf5HpUiobXayF8TyDLT+/AmE" +
      "JemkUyusodMFX9vYT6o2HXDvZ2FI//G3ecmLFI8C44POl+hmH3vpidIpLHET/uYmDSuAhan8mGDKvlVBWu2oQTBLzeh02u5vstYU" +
      "l9AlOpyl/5czles9JZdZSruIZhBQKGqvXN/vKPW0RGuckXbzm7zl1pjqYSohpNaOudWoLb3GoakR08sOilUL4XM08z+klPMHpyEa" +
      "2w8sYueIEFtWiqmzbTc8YPuXYM50YdWbyye9cY9dBt52JTbchRn+YHbK9cmTRwqXOtveAICfJRNEHx4TsiQyAAAAALrMg44AAZoC" +
      "hhAAAA/4fNE+MA2LAgAAAAABWVo=",
    "3400e04320f0924819f90cc6471a853323c20e39f353683b1ec40b0b7d07c4f1",
  ],
  [
    "several blocks",
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AK7AIFdADYaSh8IoCYDTQad7+2MoT/IK2rvXRQmH849Uf5HpUiobXayF8TyDLT+/AmE" +
      "JemkUyusodMFX9vYT6o2HXDvZ2FI//G3ecmLFI8C44POl+hmH3vpidIpLHET/uYmDSuAhan8mGDKvlVBWu2oQTBLzeh02u5vstYU" +
      "l9AlOpylaQhYAAAAAADmsJG9jVgA4wIAIQEWAAAAdC/lo+ACuwCKXQA2GkofCKBAsOBQDO2vla62uFJk4CgMY2eNG3Yx8+N8hgMm" +
      "yjeHnFqtRrNV+QmTslHTXhIiGXC3ia4zkQ68jF738kS1OX+ArXBqxtm8js9WcY98wfZPNKsllDI9RWDYSiZSuIy9k6Iby8SPjene" +
      "hOYeTde3D8duJ/3vysCLq176s8d2uRa8yz61LAAAAABZXNINJFjx7wIAIQEWAAAAdC/lo+ACjQCCXQA3mYAFD43/NFGPZbiCLg36" +
      "U6Zdi0LDtKY/e00ic/ghFx8SkuKKyT3K1BmTG89jd6+y/iInfb9Df5zNITU65mNvM5IQb8wuCcdjWclE1A8up9AT1e/lqiFrnotT" +
      "VCoRA7R0bcHcUqNmph9AnxfhL6kouNyV0hKe6+3J6ZzYcwIFvl8AAAAA3xgk45YDuGgAA50BvAWmAbwFngGOBQAAoTzFA6wnPi0E" +
      "AAAAAARZWg==",
    "3400e04320f0924819f90cc6471a853323c20e39f353683b1ec40b0b7d07c4f1",
  ],
  [
    "other properties",
    "/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AgFATMkADYbHRTfEj6Z74QqEDg0MHxFYKjugnpOpKjKzlDwhQ3nxe1LAxg16CX3pd4n" +
      "Pui2PufJIEsjjzfon7quHV3ptec6GVUjc/rd38aSnudsxg1WCMqr2IMGOVcJm5IUZs2mVlUCV8ccUJ++ILOW8WCu71SaGlEftr0Y" +
      "sku7AeIPxz1nvZMfXbqTtuEtQ17Gdo4nzR37cZ44HczM97h38SQ1lcA2BHISrPeO9h7fzsvRBmGkMAuWvnUoWWLhRBYn5wGBA5IR" +
      "E69XZeJkzpuWACBNVwHIPDq5sIcot77j1/e9Fizpl6krQuz8kqJF9y3nfrBjxZWefxmBlul1Sny/OmK+Ih7djGK6Au5BnCPKGA1O" +
      "Z7U1nrPDa5Bd0x8sSxdj+e1WZfKzSfR2GSjYcd52jNQkaUtV33AAADQA4EMg8JJIGfkMxkcahTMjwg4581NoOx7ECwt9B8TxAAHn" +
      "AoYQAAAQ5sBmtunfHAIAAAAAClla",
    "3400e04320f0924819f90cc6471a853323c20e39f353683b1ec40b0b7d07c4f1",
  ],
  [
    "bytes as they are",
    "/Td6WFoAAAFpIt42AgAhARYAAAB0L+WjAQA/ADCqbnzUdmKYGOL2VPzuKrCAmv6spOZySGjShoTMXjpg0IqO3HRWgvi4wha0nM5K" +
      "ECB6HgxExpKoCLKm5Gw+WgBiej3+AAFUQOtsjYiQQpkNAQAAAAABWVo=",
    "8a414c95584fcccdd5805ea6c25a82ee2c2befc2b4729a4449c682eb44152f79",
  ],
];

/** The older form, of one stream of LZMA behind a short header. */
const lzmaStreams: readonly Stream[] = [
  [
    "lzma",
    "XQAAgAD//////////wA2GkofCKAmA00Gne/tjKE/yCtq710UJh/OPVH+R6VIqG12shfE8gy0/vwJhCXppFMrrKHTBV/b2E+qNh1w" +
      "72dhSP/xt3nJixSPAuODzpfoZh976YnSKSxxE/7mJg0rgIWp/Jhgyr5VQVrtqEEwS83odNrub7LWFJfQJTqcpf+XM5XrPSWXWUq7" +
      "iGYQUChqr1zf7yj1tERrnJF285u85daY6mEqIaTWjrnVqC29xqGpEdPLDopVC+FzNPM/pJTzB6chGtsPLGLniBBbVoqps203PGD7" +
      "l2DOdGHVm8snvXGPXQbediU23IUZ/mB2yvXJk0cKlzrb3gCAnyUTRB8eE8iT5b///FOVGw==",
    "3400e04320f0924819f90cc6471a853323c20e39f353683b1ec40b0b7d07c4f1",
  ],
  [
    "lzma of other properties",
    "mgAAgAD//////////wA2GknGUQB/3tbphor6j3dt3ybv1yjj4F575YrnrtpZLRuLUxcuT6587gtLsO0mgvk1QvlKRdoBdg0myNOi" +
      "c0+BC9c8IWRhWHmUFX0pDAy5oaniregX+5dnP7P6pUY491Mk6Sg4I92KRptY3ke6D4NFE4ci7T0C96kvKObgH3tDywX+sxlJuAUu" +
      "Tc90Fx2DxTuN8ajjW960VjNcA9HXnUOK3hfv3VLH5gqqZHMSNC+sSapw/vE/kZvj5Iml8cvwOz3qeAr2ldr4NCg90RzmcxX6Ek/z" +
      "VuUIrpeioX6pC1LQ9OdvPWP/GKVwkgn+tUfJ/S94/KISD0XGcNGhjrswihHqobjE9Z5jicGopljVyaT/J2Jctr075yVnYUYcVGee" +
      "7OS46fLwvvtdFzOABxz+//kZBc0=",
    "3400e04320f0924819f90cc6471a853323c20e39f353683b1ec40b0b7d07c4f1",
  ],
];

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function newSha256() {
  const hash = createHash("sha256");
  return { update: (bytes: Uint8Array) => void hash.update(bytes), digest: () => hash.digest() };
}

async function unpackFile(bytes: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of unpackXzFile(sequentialReader(memorySource(bytes)), newSha256)) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}

for (const [name, base64, expected] of xzStreams) {
  const stream = Buffer.from(base64, "base64");

  test(`${name}: the content comes back, in memory and as a file`, async () => {
    const content = unpackXz(stream, 4096);
    assert.equal(sha256(content), expected);
    assert.equal(sha256(unpackXz(stream, content.length)), expected);
    assert.throws(() => unpackXz(stream, content.length - 1), { kind: "corrupt" });
    assert.equal(sha256(await unpackFile(stream)), expected);
  });

  test(`${name}: a file of which a byte is missing or another is damage`, async () => {
    for (let at = 0; at < stream.length; at += 7) {
      const damagedStream = Buffer.from(stream);
      damagedStream[at] = (damagedStream[at] ?? 0) ^ 0x10;
      const outcome = await unpackFile(damagedStream).then(sha256, ({ kind }: { kind: string }) => kind);
      // The last bytes of a range coder may be others without any effect; and without a check nothing tells of others.
      const ends = ["corrupt", "unsupported", ...(at < 24 ? [] : [expected])];
      if (!name.includes("start")) assert.ok(ends.includes(outcome), `byte ${at}: ${outcome}`);
      if (at > 0) await assert.rejects(unpackFile(stream.subarray(0, at)), { name: "ImageError" }, `${at} bytes`);
    }
  });
}

test("a file may have several streams, with zeros between and behind them", async () => {
  const [first, second] = xzStreams.slice(-2).map(([, base64]) => Buffer.from(base64, "base64"));
  assert.ok(first && second);
  const whole = Buffer.concat([first, Buffer.alloc(8), second, Buffer.alloc(4)]);
  assert.equal(sha256(await unpackFile(whole)), sha256(Buffer.concat([unpackXz(first, 4096), unpackXz(second, 4096)])));
  await assert.rejects(unpackFile(Buffer.concat([first, Buffer.alloc(3)])), { kind: "corrupt" });
  await assert.rejects(unpackFile(Buffer.concat([first, Buffer.from("more than a header")])), {
    kind: "corrupt",
    message: /followed by other/,
  });
});

for (const [name, base64, expected] of lzmaStreams) {
  test(`${name}: the content comes back, and no more than is allowed`, () => {
    const stream = Buffer.from(base64, "base64");
    const content = unpackLzma(stream, 4096);
    assert.equal(sha256(content), expected);
    assert.throws(() => unpackLzma(stream, content.length - 1), { kind: "corrupt" });
    for (const length of [0, 12, 13, 100]) {
      assert.throws(() => unpackLzma(stream.subarray(0, length), 4096), { kind: "corrupt" }, `${length} bytes`);
    }
    const wrong = Buffer.from(stream);
    wrong[0] = 225;
    assert.throws(() => unpackLzma(wrong, 4096), { kind: "corrupt", message: /properties/ });
  });
}
