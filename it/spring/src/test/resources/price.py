def price(net, rate):
    return round(net * (1 + rate), 2)


price(net, rate)
