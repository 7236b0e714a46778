# syntax=docker/dockerfile:1

FROM swift:6.2-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# Dependencies change less often than our sources: a layer of their own. The lock file may be absent.
COPY Package.swift Package.resolve[d] ./
RUN swift package resolve
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product pantau --static-swift-stdlib \
    && install -D -m 755 "$(swift build -c release --show-bin-path)/pantau" /out/pantau \
    && install -m 755 /usr/libexec/swift/linux/swift-backtrace-static /out/

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libjs-chart.js libsqlite3-0 libstdc++6 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/pantau --shell /usr/sbin/nologin pantau \
    && install -d -o pantau -g pantau -m 750 /var/lib/pantau
COPY --from=build /out/pantau /out/swift-backtrace-static /usr/local/bin/
ENV PANTAU_DATA_DIR=/var/lib/pantau \
    PANTAU_LISTEN=0.0.0.0:8080 \
    SWIFT_BACKTRACE=enable=yes,sanitize=yes,interactive=no,swift-backtrace=/usr/local/bin/swift-backtrace-static
USER pantau
WORKDIR /var/lib/pantau
VOLUME /var/lib/pantau
EXPOSE 8080
# The slim image has no HTTP client; bash opens the connection itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["bash", "-c", \
    "exec 3<>\"/dev/tcp/127.0.0.1/${PANTAU_LISTEN##*:}\" && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && IFS= read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["pantau"]
CMD ["serve"]
