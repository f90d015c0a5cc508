#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace base {

// A string that cannot be mistaken for another kind of string: `using ContainerId = Strong<struct
// ContainerIdTag>`.
template <class Tag>
class Strong {
public:
    Strong() = default;
    explicit Strong(std::string value) : value_(std::move(value)) {}

    [[nodiscard]] const std::string& str() const { return value_; }
    [[nodiscard]] bool empty() const { return value_.empty(); }

    friend auto operator<=>(const Strong&, const Strong&) = default;

private:
    std::string value_;
};

}  // namespace base

template <class Tag>
struct fmt::formatter<base::Strong<Tag>> : fmt::formatter<std::string> {
    template <class Context>
    auto format(const base::Strong<Tag>& strong, Context& context) const {
        return fmt::formatter<std::string>::format(strong.str(), context);
    }
};

template <class Tag>
struct std::hash<base::Strong<Tag>> {
    std::size_t operator()(const base::Strong<Tag>& strong) const {
        return std::hash<std::string>{}(strong.str());
    }
};
