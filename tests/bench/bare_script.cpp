#include "bench/bare_script.hpp"

#include <sstream>

namespace bench {
namespace {

constexpr char kinds[] = {'r', 's', 'a', 'j'};
constexpr char lanes[] = {'c', 's', 'x', '-'};

template <class Enum, std::size_t size>
bool read_letter(std::istream& in, const char (&letters)[size], Enum& value) {
    char letter = 0;
    in >> letter;
    for (std::size_t i = 0; i < size; ++i) {
        if (letters[i] == letter) {
            value = static_cast<Enum>(i);
            return true;
        }
    }
    return false;
}

}  // namespace

std::string id_in(std::string_view json) {
    constexpr std::string_view key = "\"Id\":\"";
    const std::size_t at = json.find(key);
    if (at == std::string_view::npos) {
        return "";
    }
    const std::size_t begin = at + key.size();
    return std::string(json.substr(begin, json.find('"', begin) - begin));
}

// A line for each call, its body behind it: KIND LANE DELAY COUNT AFTER... METHOD TARGET BYTES
std::string to_text(const std::vector<BareCall>& calls) {
    std::ostringstream out;
    for (const BareCall& call : calls) {
        out << kinds[static_cast<int>(call.kind)] << ' ' << lanes[static_cast<int>(call.lane)]
            << ' ' << call.delay_ms << ' ' << call.after.size();
        for (const std::size_t before : call.after) {
            out << ' ' << before;
        }
        out << ' ' << call.method << ' ' << (call.target.empty() ? "-" : call.target) << ' '
            << call.body.size() << '\n'
            << call.body << '\n';
    }
    return out.str();
}

std::optional<std::vector<BareCall>> parse_bare_script(const std::string& text) {
    std::istringstream in(text);
    std::vector<BareCall> calls;
    while (in >> std::ws && !in.eof()) {
        BareCall call;
        std::size_t count = 0;
        std::size_t bytes = 0;
        if (!read_letter(in, kinds, call.kind) || !read_letter(in, lanes, call.lane) ||
            !(in >> call.delay_ms >> count)) {
            return std::nullopt;
        }
        for (std::size_t before = 0; count > 0; --count) {
            if (!(in >> before) || before >= calls.size()) {
                return std::nullopt;
            }
            call.after.push_back(before);
        }
        if (!(in >> call.method >> call.target >> bytes) || in.get() != '\n') {
            return std::nullopt;
        }
        call.body.resize(bytes);
        in.read(call.body.data(), static_cast<std::streamsize>(bytes));
        if (!in) {
            return std::nullopt;
        }
        calls.push_back(std::move(call));
    }
    return calls;
}

}  // namespace bench
