#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/reactor.hpp"
#include "engine/address.hpp"
#include "engine/api.hpp"
#include "engine/error.hpp"
#include "http/transport.hpp"

namespace engine {

// One finished call, for `-v`; a stream counts as finished when it has opened.
struct Trace {
    std::string method;
    std::string target;  // with the query, without the version prefix
    int status = 0;      // 0: no reply
    std::chrono::microseconds took{0};
};

// Ends the stream when it goes; no callback of the stream comes after that.
using StreamHandle = http::StreamHandle;

// What an upgraded call was answered with: a line to the other side, and the bytes of it that were
// read already.
struct Upgraded {
    std::unique_ptr<http::Connection> connection;
    std::string already_read;
};

// Carries out calls, as many at once as are sent, on the thread of a reactor.
//
// Callbacks run inside the reactor's `run_once`, never inside `send` or `stream`. They may send,
// open streams and drop handles, their own too, but not destroy the client. Destroying it forgets
// the calls in flight without calling back; handles may outlive it.
class Client {
public:
    // The reactor must outlive it.
    Client(base::Reactor& reactor, const Address& address,
           std::function<void(const Trace&)> trace = {});
    Client(const Address& address, std::unique_ptr<http::Transport> transport,
           std::function<void(const Trace&)> trace = {});

    // Before any other call: asks the engine for its API version and settles on one. Unreachable,
    // which one that does not answer in time is too, VersionMismatch, Broken, Malformed, or Refused
    // by an engine that is not well. The engine's minimum is not asked for (that is another call):
    // where it is above ours, the first call answers VersionMismatch.
    void connect(std::function<void(Result<Done>)> done);

    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    template <class T>
    void send(Call<T> call, std::type_identity_t<std::function<void(Result<T>)>> done);

    // `on_open` when the engine has accepted it (the headers of a status 200 are there); `on_end`
    // once and last, with the error, or none where the engine ended the stream.
    template <class T>
    [[nodiscard]] StreamHandle stream(StreamCall<T> call, const std::function<void()>& on_open,
                                      std::type_identity_t<std::function<void(T)>> on_item,
                                      const std::function<void(std::optional<Error>)>& on_end);

    // Asks the engine to go on with another protocol over this call's connection. `request` names
    // it in its headers; Refused where the engine does not answer with 101.
    void upgrade(http::Request request, std::function<void(Result<Upgraded>)> done);

    [[nodiscard]] const Address& address() const;
    [[nodiscard]] const std::string& api_version() const;  // "1.41"

private:
    struct Core;

    // Hands bytes to the decoder and its items to the caller; an error ends the stream. `open`
    // turns false when a callback drops the handle.
    using Feed = std::function<std::optional<Error>(std::string_view bytes, const bool& open)>;

    explicit Client(std::unique_ptr<Core> core);
    void send_request(http::Request request, std::function<void(Result<http::Response>)> done);
    StreamHandle open_stream(http::Request request, std::function<void()> on_open, Feed feed,
                             std::function<void(std::optional<Error>)> on_end);

    std::unique_ptr<Core> core_;
};

template <class T>
void Client::send(Call<T> call, std::type_identity_t<std::function<void(Result<T>)>> done) {
    send_request(std::move(call.request), [decode = std::move(call.decode),
                                           done = std::move(done)](Result<http::Response> reply) {
        done(reply ? decode(*reply) : tl::unexpected(std::move(reply.error())));
    });
}

template <class T>
StreamHandle Client::stream(StreamCall<T> call, const std::function<void()>& on_open,
                            std::type_identity_t<std::function<void(T)>> on_item,
                            const std::function<void(std::optional<Error>)>& on_end) {
    auto feed = [decode = std::move(call.decode), on_item = std::move(on_item)](
                    std::string_view bytes, const bool& open) -> std::optional<Error> {
        for (auto& item : decode(bytes)) {
            if (!open) {
                break;
            }
            if (!item) {
                return std::move(item.error());
            }
            on_item(std::move(*item));
        }
        return std::nullopt;
    };
    return open_stream(std::move(call.request), on_open, std::move(feed), on_end);
}

}  // namespace engine
